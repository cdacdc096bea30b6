namespace CodeInterpreter.FileStore.Tests.Hosting;

/// <summary>
/// Compares contents at once: byte by byte, as collections are compared, takes seconds for a megabyte.
/// </summary>
internal static class BytesAssert
{
    public static void ShouldBeBytes(this byte[] actual, byte[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        actual.AsSpan().SequenceEqual(expected).ShouldBeTrue("the bytes differ");
    }
}
