namespace CodeInterpreter.EndToEnd.Tests.FieldCases;

/// <summary>Where scripts look for files and leave them.</summary>
public sealed class PlaceTests(FieldCaseProduct product)
{
    private static readonly FieldCase[] Cases =
    [
        new(
            "A script finds its input beside itself, and what it writes there comes back",
            """
            from pathlib import Path
            here = Path(__file__).resolve().parent
            (here / 'copy.ini').write_text((here / 'original.ini').read_text().upper())
            """
        )
        {
            Inputs = [("original.ini", FieldCase.Text("[lamp]\non=yes\n"))],
            Files = ["copy.ini"],
            Look = "print(open('copy.ini').read())",
            Seen = "[LAMP]\nON=YES",
        },
        new("A module that came along is imported", "import greeting\nprint(greeting.word)")
        {
            Inputs = [("greeting.py", FieldCase.Text("word = 'Moin'\n"))],
            Output = "Moin",
            Files = [],
        },
        new(
            "A folder of results comes back with what is in it",
            """
            import os
            os.makedirs('outputs/2024', exist_ok=True)
            with open('/mnt/data/outputs/2024/sum.txt', 'w') as file:
                file.write('3')
            """
        )
        {
            Files = ["outputs/2024/sum.txt"],
        },
        new(
            "Folders that other machines have lead to the results",
            """
            from pathlib import Path
            Path('/content/chart.svg').write_text('<svg/>')
            Path('/workspace/src').mkdir()
            Path('/workspace/src/tool.py').write_text('pass')
            Path('/home/user/list.txt').write_text('milk')
            """
        )
        {
            Files = ["chart.svg", "src/tool.py", "list.txt"],
        },
        new(
            "Files that are left in other folders are named in the answer",
            """
            from pathlib import Path
            import tempfile
            Path(tempfile.gettempdir(), 'draft.csv').write_text('a,b')
            Path.home().joinpath('notes.md').write_text('# notes')
            """
        )
        {
            Files = [],
            LeftBehind = ["/tmp/draft.csv", "/home/sandbox/notes.md"],
        },
        new(
            "Uploads keep the names that their owners gave them",
            """
            import os
            for name in sorted(os.listdir()):
                os.rename(name, 'done ' + name)
            """
        )
        {
            Inputs = [("Rechnung – März (1).txt", FieldCase.Text("a")), ("50% & 1#.txt", FieldCase.Text("b"))],
            Files = ["done Rechnung – März (1).txt", "done 50% & 1#.txt"],
        },
        new(
            "An archive is unpacked, changed and packed again",
            """
            import shutil
            shutil.unpack_archive('drafts.tar.gz', 'drafts')
            with open('drafts/one.txt', 'a') as file:
                file.write('!')
            shutil.make_archive('final', 'zip', 'drafts')
            shutil.rmtree('drafts')
            """
        )
        {
            // one.txt with "hi" in it, as tar and gzip write it.
            Inputs = [("drafts.tar.gz", Convert.FromBase64String(Drafts))],
            Files = ["final.zip"],
            Look = "import zipfile\nprint(zipfile.ZipFile('final.zip').read('one.txt'))",
            Seen = "b'hi!'",
        },
        new(
            "The clock and the calendar know all time zones",
            """
            import os, time
            from datetime import datetime
            from zoneinfo import ZoneInfo
            os.environ['TZ'] = 'Asia/Tokyo'
            time.tzset()
            noon = datetime(2024, 7, 1, 12, tzinfo=ZoneInfo('UTC'))
            print(time.tzname[0], noon.astimezone(ZoneInfo('Australia/Adelaide')).isoformat())
            """
        )
        {
            Output = "JST 2024-07-01T21:30:00+09:30",
        },
        new(
            "Time zones have their old names, too",
            """
            import pandas as pd
            noon = pd.Timestamp('2024-01-15 12:00', tz='US/Eastern')
            print(noon.tz_convert('Asia/Calcutta'))
            """
        )
        {
            Output = "2024-01-15 22:30:00+05:30",
        },
        new(
            "Questions about the machine have an answer",
            """
            import getpass, os, pathlib, platform, socket, tempfile, uuid
            tempfile.NamedTemporaryFile().close()
            print(getpass.getuser(), bool(socket.gethostname()), bool(platform.node()), uuid.uuid1().version,
                  os.path.expanduser('~') == str(pathlib.Path.home()), os.process_cpu_count() >= 1)
            """
        )
        {
            Output = "sandbox True True 1 True True",
        },
        new(
            "A data set of the network fails soon, and says that it is the network",
            """
            from urllib.request import urlopen
            urlopen('http://data.example/flowers.csv')
            """
        )
        {
            Succeeds = false,
            Exception = "urllib.error.URLError",
            Errors = ["URLError"],
        },
    ];

    private const string Drafts =
        "H4sIAAAAAAACA+3NMQrCQBQE0H+UnCAsS+Kex0LQRiFuIMf3m0rsFcT3mhmmmdv1NPatxy"
        + "eVdJimPdN7pvrSn3urc4uhxBes935c8jL+0/kSAAAAAAAAAAAA/KAHBBiQmwAoAAA=";

    public static TheoryData<string> Titles => FieldCaseProduct.Titles(Cases);

    [Theory]
    [MemberData(nameof(Titles))]
    public Task Case_OfAPath_IsFound(string title) => product.TryAsync(Cases, title);
}
