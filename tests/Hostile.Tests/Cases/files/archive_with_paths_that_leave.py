#: Archives whose members have absolute paths and ..
#: defence: an archive is a file like any other: nothing unpacks it
#: expect: {"outcome": "Succeeded"}
#: files: ["evil.tar.gz", "evil.zip"]
import io, tarfile, zipfile
with tarfile.open('evil.tar.gz', 'w:gz') as archive:
    for name in ('/etc/cron.d/x', '../../../../tmp/poc'):
        member = tarfile.TarInfo(name)
        member.size = 1
        archive.addfile(member, io.BytesIO(b'x'))
with zipfile.ZipFile('evil.zip', 'w') as archive: archive.writestr('../../../tmp/poc', 'x')
