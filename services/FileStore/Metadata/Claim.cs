namespace CodeInterpreter.FileStore.Metadata;

/// <summary>
/// The right to delete files: the holder of a file's claim deletes its blob and then its record. A claim lapses, so
/// that another takes over from a claimer that died.
/// </summary>
/// <param name="Now">The moment the claim is taken at.</param>
/// <param name="Until">The moment it lapses.</param>
internal sealed record Claim(DateTimeOffset Now, DateTimeOffset Until)
{
    public static Claim Take(TimeProvider time, TimeSpan lease)
    {
        var now = time.GetUtcNow();
        return new Claim(now, now + lease);
    }
}
