import time
for i in range(3): print(i, end='', flush=True); time.sleep(0.01)
