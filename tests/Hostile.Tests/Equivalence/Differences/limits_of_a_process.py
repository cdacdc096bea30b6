#: here: "(1, 1) (536870912, 536870912) 1024 1000\n"
import resource
print(resource.getrlimit(resource.RLIMIT_CORE), resource.getrlimit(resource.RLIMIT_FSIZE), resource.getrlimit(resource.RLIMIT_NOFILE)[0],
      open('/proc/self/oom_score_adj').read().strip())
