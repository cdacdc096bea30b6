#: The code tries to raise its limits
#: defence: hard limits can only be lowered without privileges
#: expect: {"outcome": "Succeeded", "output": "kept\n"}
import resource
kept = True
for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
    soft, hard = resource.getrlimit(limit)
    try: resource.setrlimit(limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)); kept = False
    except (ValueError, PermissionError): pass
print('kept' if kept else 'lifted')
