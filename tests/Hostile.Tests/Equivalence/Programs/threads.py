import threading
results = []
workers = [threading.Thread(target=results.append, args=(i,)) for i in range(5)]
for worker in workers: worker.start()
for worker in workers: worker.join()
print(sorted(results))
