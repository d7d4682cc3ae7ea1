"""What portico-bench is measured against: ONNX Runtime, faiss and libjpeg-turbo, behind one protocol.

Started with the directory of inputs. Reads lines of "run NAME COUNT" and answers each with the nanoseconds that one
run took, or with "error" and the reason. Only the work itself is timed, never loading or this conversation.
"""

import os
import sys
import time

DIMENSION = 192
CANDIDATES = 6


def read(directory, name):
    with open(os.path.join(directory, name), "rb") as file:
        return file.read()


def onnx_runtime(directory, name):
    import numpy
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    path = os.path.join(directory, name + ".onnx")
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    feed = session.get_inputs()[0]
    numbers = numpy.frombuffer(read(directory, name + ".input"), "<f4").reshape(feed.shape)
    return lambda: session.run(None, {feed.name: numbers})


INDEX = []


def faiss_search(directory, threads):
    import faiss
    import numpy

    if not INDEX:
        vectors = numpy.frombuffer(read(directory, "vectors.f32"), "<f4").reshape(-1, DIMENSION)
        index = faiss.IndexFlatIP(DIMENSION)
        index.add(vectors)
        INDEX.extend([index, faiss.omp_get_max_threads()])
    index, default = INDEX
    probe = numpy.frombuffer(read(directory, "probe.f32"), "<f4").reshape(1, DIMENSION)
    count = 1 if threads == "one" else default

    def search():
        faiss.omp_set_num_threads(count)
        index.search(probe, CANDIDATES)

    return search


def jpeg_turbo(directory, name):
    import simplejpeg

    picture = read(directory, name + ".jpg")
    return lambda: simplejpeg.decode_jpeg(picture, colorspace="RGB")


KINDS = {"ort": onnx_runtime, "faiss": faiss_search, "turbo": jpeg_turbo}


def main():
    directory = sys.argv[1]
    work = {}
    for line in sys.stdin:
        try:
            _, name, count = line.split()
            if name not in work:
                kind, what = name.split("/")
                work[name] = KINDS[kind](directory, what)
            run = work[name]
            begin = time.perf_counter_ns()
            for _ in range(int(count)):
                run()
            answer = str((time.perf_counter_ns() - begin) // int(count))
        except Exception as error:  # whatever is missing costs one ratio, not the others
            answer = "error " + " ".join(repr(error).split())
        print(answer, flush=True)


main()
