import signal
print(signal.getsignal(signal.SIGINT).__name__, signal.getsignal(signal.SIGPIPE), signal.getsignal(signal.SIGTERM),
      signal.pthread_sigmask(signal.SIG_BLOCK, []))
