using System.ComponentModel.DataAnnotations;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>The bucket that keeps the bytes of files, section <c>FileStore:Blobs:S3</c>.</summary>
public sealed class S3BlobOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = BlobOptions.Section + ":S3";

    /// <summary>
    /// Address of the store, such as <c>https://s3.example.com:9000</c>. Empty by default: Amazon S3 in <see cref="Region"/>.
    /// </summary>
    public string ServiceUrl { get; set; } = "";

    /// <summary>
    /// Region, such as <c>eu-central-1</c>. Empty by default, which suits stores other than Amazon's: calls are signed for
    /// <c>us-east-1</c>, as these stores expect. Needed when <see cref="ServiceUrl"/> is empty.
    /// </summary>
    public string Region { get; set; } = "";

    /// <summary>Name of the bucket. No default.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>
    /// Prefix of the name of each object: folders that each end in <c>/</c>, or nothing. Default <c>user_files/</c>. Two systems may
    /// share a bucket when their prefixes differ and none begins with the other.
    /// </summary>
    public string Prefix { get; set; } = "user_files/";

    /// <summary>
    /// Whether the bucket is named in the path of an address instead of in its host. Default <c>true</c>, which most stores support; set
    /// <c>false</c> for a store that requires the host form.
    /// </summary>
    public bool ForcePathStyle { get; set; } = true;

    /// <summary>
    /// Id of the access key, together with <see cref="SecretKey"/>. Empty by default: Amazon's SDK finds both (environment, profile, role
    /// of the machine or the pod). Never logged.
    /// </summary>
    public string AccessKey { get; set; } = "";

    /// <summary>The access key's secret. Never logged.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>
    /// Whether a start creates a missing bucket. Default <c>false</c>: a wrong name is reported at once, and the
    /// service needs no right to create buckets.
    /// </summary>
    public bool CreateBucket { get; set; }

    /// <summary>
    /// Longest wait for the answer to a request, which is tried at most three times, and for the next bytes of a download. Default 30 s:
    /// enough for the 5 MiB of the largest request at 1.5 Mbit/s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many parts of 5 MiB all uploads together may hold in memory, 1 to 1000. Default 16, which is 80 MiB. Each upload of more than
    /// 128 KiB needs one, and waits until one is free.
    /// </summary>
    [Range(1, 1000)]
    public int PartsInMemory { get; set; } = 16;
}
