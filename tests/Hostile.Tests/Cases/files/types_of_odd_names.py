#: Two extensions, none, and one that contradicts the content
#: defence: the type is found by name and content; a download is an attachment
#: expect: {"outcome": "Succeeded", "generated_files.0.mime_type": "application/gzip", "generated_files.0.type": "archive", "generated_files.1.mime_type": "application/vnd.microsoft.portable-executable", "generated_files.1.type": "other", "generated_files.2.mime_type": "text/plain", "generated_files.3.mime_type": "text/plain", "generated_files.3.type": "text", "generated_files.4.mime_type": "application/pdf", "generated_files.5.mime_type": "image/png", "generated_files.5.type": "image", "generated_files.6.mime_type": "text/plain"}
#: files: ["a.tar.gz", "b.csv.exe", "c", "d.png", "e.PDF", "f.", "g.py.txt"]
import io, tarfile
with tarfile.open('a.tar.gz', 'w:gz') as archive: archive.addfile(tarfile.TarInfo('x'), io.BytesIO())
open('b.csv.exe', 'w').write('a,b\n')
open('c', 'w').write('text')
open('d.png', 'w').write('<html><script>alert(1)</script></html>')
open('e.PDF', 'wb').write(b'%PDF-1.4\n')
open('f.', 'wb').write(b'\x89PNG\r\n\x1a\n' + bytes(64))
open('g.py.txt', 'w').write('print()')
