namespace CodeInterpreter.EndToEnd.Tests;

public sealed class IsolationTests(StandaloneFixture product)
{
    private readonly string _user = StandaloneFixture.NewUser();

    [Theory]
    [InlineData("import socket; socket.create_connection(('192.0.2.1', 80), timeout=2)")]
    [InlineData("open('/etc/x', 'w')")]
    [InlineData("open('/proc/1/environ').read()")]
    [InlineData("open('/proc/1/mem', 'rb')")]
    [InlineData("import os; os.listdir('/proc/1/fd')")]
    [InlineData("import os; os.kill(1, 9)")]
    [InlineData("import os; os.setuid(0)")]
    [InlineData("import os; os.unshare(os.CLONE_NEWUSER)")]
    [InlineData("import socket; socket.socket(socket.AF_NETLINK)")]
    public async Task Network_Connection_IsRefused(string code)
    {
        var result = await product.ExecuteAsync(_user, code);

        result.Text("outcome").ShouldBe("NonZeroExit");
        result.Text("error").ShouldContain("Error: ");
    }

    [Fact]
    public async Task Hostname_OfTheSandbox_IsResolved()
    {
        var result = await product.ExecuteAsync(
            _user,
            """
            import asyncio, socket, threading
            from multiprocessing.managers import BaseManager
            for name, family in ('localhost', socket.AF_INET), ('localhost', socket.AF_INET6), (socket.gethostname(), socket.AF_INET):
                address = socket.getaddrinfo(name, 0, family, socket.SOCK_STREAM)[0][4]
                with socket.create_server(address, family=family) as server:
                    with socket.create_connection((name, server.getsockname()[1])) as client:
                        print(name, client.getpeername()[0].split('.')[0])
            print(socket.getservbyname('https'), socket.getprotobyname('tcp'), socket.gethostbyaddr('127.0.0.1')[0])
            async def main():
                async def answer(reader, writer):
                    writer.write(await reader.readline()); await writer.drain(); writer.close()
                async with await asyncio.start_server(answer, 'localhost', 0) as server:
                    reader, writer = await asyncio.open_connection('localhost', server.sockets[0].getsockname()[1])
                    writer.write(b'echo\n')
                    print((await reader.readline()).decode().strip())
                    writer.close()
            asyncio.run(main())
            manager = BaseManager(('localhost', 0), b'key')
            server = manager.get_server()
            threading.Thread(target=server.serve_forever, daemon=True).start()
            other = BaseManager(server.address, b'key')
            other.connect()
            print('managed')
            """
        );

        result.Text("error").ShouldBe("");
        result.Text("output").ShouldBe("localhost 127\nlocalhost ::1\nsandbox 127\n443 6 localhost\necho\nmanaged\n");
    }

    [Fact]
    public async Task Code_IsAnUnprivilegedUser()
    {
        var result = await product.ExecuteAsync(
            _user,
            """
            import os
            status = open('/proc/self/status').read()
            print(os.getuid() == os.getgid() >= 1_900_000_000, os.getgroups())
            print([line.split()[1] for line in status.splitlines() if line.startswith(('CapEff', 'CapPrm', 'NoNewPrivs', 'Seccomp:'))])
            """
        );

        result.Text("output").ShouldBe("True []\n['0000000000000000', '0000000000000000', '1', '2']\n");
    }

    [Fact]
    public async Task Execution_FilesOfAnEarlierOne_AreNotVisible()
    {
        await product.ExecuteAsync(
            _user,
            """
            for directory in ['/tmp', '/dev/shm', '/mnt/data', '/home/sandbox']:
                open(directory + '/left-behind', 'w').write('x')
            """
        );

        var next = await product.ExecuteAsync(
            _user,
            """
            import os
            print([d for d in ['/tmp', '/dev/shm', '/mnt/data', '/home/sandbox'] if os.path.exists(d + '/left-behind')])
            """
        );

        next.Text("output").ShouldBe("[]\n");
    }

    [Fact]
    public async Task Environment_HasNoSecrets()
    {
        var result = await product.ExecuteAsync(_user, "import os\nprint(sorted(os.environ))");

        foreach (var part in (string[])["Kestrel", "Standalone", "DOTNET", "DOCKER", "KEY", "TOKEN"])
            result.Text("output").ShouldNotContain(part);
    }
}
