#: Tokens and keys where clusters and clouds put them
#: defence: nothing of the host is mounted
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import os
places = ('/var/run/secrets', '/run/secrets', '/root/.aws', '/root/.kube', '/home/sandbox/.aws', '/etc/kubernetes', '/.dockerenv.secrets',
          '/root/.ssh', '/root/.docker')
print([p for p in places if os.path.exists(p) and os.access(p, os.R_OK)])
