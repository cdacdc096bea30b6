using CodeInterpreter.FileStore.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Tests.Settings;

public sealed class FileStoreOptionsTests
{
    [Theory]
    [InlineData("FileStore:DataDirectory", "")]
    [InlineData("FileStore:DataDirectory", " ")]
    [InlineData("FileStore:MaxFileBytes", "0")]
    [InlineData("FileStore:MaxFileBytes", "-1")]
    [InlineData("FileStore:Retention", "00:00:00")]
    [InlineData("FileStore:Retention", "-1.00:00:00")]
    [InlineData("FileStore:Retention", "9999999.00:00:00")]
    [InlineData("FileStore:UploadIdleTimeout", "0")]
    [InlineData("FileStore:UploadIdleTimeout", "60")]
    [InlineData("FileStore:DownloadIdleTimeout", "-00:00:01")]
    [InlineData("FileStore:DrainTimeout", "00:00:00")]
    [InlineData("FileStore:Expiry:SweepInterval", "00:00:00")]
    [InlineData("FileStore:Expiry:ClaimLease", "-00:01:00")]
    [InlineData("FileStore:Expiry:UnfinishedGrace", "00:00:00")]
    [InlineData("FileStore:Expiry:OrphanGrace", "00:00:00")]
    [InlineData("FileStore:Expiry:BatchSize", "0")]
    [InlineData("FileStore:Expiry:BatchSize", "10001")]
    [InlineData("Database:Provider", "7")]
    public async Task Start_SettingOutOfRange_FailsAndNamesIt(string option, string value)
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(() => RunningFileStore.StartAsync((option, value)));

        failure.Message.ShouldContain(option);
    }

    [Theory]
    [InlineData("FileStore:MaxFileBytes", "1e9")]
    [InlineData("FileStore:MaxFileBytes", "NaN")]
    [InlineData("FileStore:MaxFileBytes", "50 MB")]
    [InlineData("FileStore:Retention", "48")]
    [InlineData("FileStore:Retention", "48 hours")]
    [InlineData("FileStore:Expiry:BatchSize", "many")]
    [InlineData("Database:Provider", "Postgres")]
    public async Task Start_SettingOfAnotherType_FailsAndNamesIt(string option, string value)
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(() => RunningFileStore.StartAsync((option, value)));

        failure.Message.ShouldContain(option);
    }

    [Theory]
    [InlineData("FileStore:Retentoin", "48h")]
    [InlineData("FileStore:Blobs:S3:Buckt", "files")]
    [InlineData("FileStore:Expiry:SweepIntervall", "1h")]
    [InlineData("Database:Providr", "MongoDb")]
    [InlineData("FileStor:Retention", "48h")]
    public async Task Start_UnknownSetting_FailsAndNamesIt(string option, string value)
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(() => RunningFileStore.StartAsync((option, value)));

        failure.Message.ShouldContain($"{option} is no setting");
    }

    [Theory]
    [InlineData("Database:MongoDb", "")]
    [InlineData("Database:MongoDb", "127.0.0.1:27017")]
    [InlineData("Database:MongoDb", "mongodb://user:secret/word@host")]
    [InlineData("Database:MongoDb", "mongodb://user:secret@host/?serverSelectionTimeoutMS=soon")]
    [InlineData("Database:MongoDb", "mongodb://user:secret@host/?loadBalanced=true&replicaSet=rs")]
    [InlineData("Database:Name", "")]
    [InlineData("Database:Name", "a.b")]
    [InlineData("Database:Name", "a b")]
    public async Task Start_InvalidMongoDb_FailsAndNamesItWithoutItsPassword(string option, string value)
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(() =>
            RunningFileStore.StartAsync(("Database:Provider", "MongoDb"), (option, value))
        );

        failure.ToString().ShouldContain(option);
        failure.ToString().ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("FileStore:Blobs:Provider", "7")]
    [InlineData("FileStore:Blobs:S3:ServiceUrl", "ftp://store")]
    [InlineData("FileStore:Blobs:S3:ServiceUrl", "http://user:secret@store")]
    [InlineData("FileStore:Blobs:S3:Region", "somewhere else")]
    [InlineData("FileStore:Blobs:S3:Bucket", "")]
    [InlineData("FileStore:Blobs:S3:Bucket", "A_b")]
    [InlineData("FileStore:Blobs:S3:Prefix", "/a/")]
    [InlineData("FileStore:Blobs:S3:Prefix", "a")]
    [InlineData("FileStore:Blobs:S3:Prefix", "../")]
    [InlineData("FileStore:Blobs:S3:AccessKey", "")]
    [InlineData("FileStore:Blobs:S3:Timeout", "00:00:00")]
    [InlineData("FileStore:Blobs:S3:PartsInMemory", "0")]
    [InlineData("FileStore:MaxFileBytes", "52428800001")]
    public async Task Start_InvalidBucket_FailsAndNamesItWithoutSecrets(string option, string value)
    {
        Dictionary<string, string> settings = new()
        {
            ["FileStore:Blobs:Provider"] = "S3",
            ["FileStore:Blobs:S3:ServiceUrl"] = "http://127.0.0.1:1",
            ["FileStore:Blobs:S3:Bucket"] = "files",
            ["FileStore:Blobs:S3:AccessKey"] = "id",
            ["FileStore:Blobs:S3:SecretKey"] = "secret",
            [option] = value,
        };

        var failure = await Should.ThrowAsync<OptionsValidationException>(() =>
            RunningFileStore.StartAsync([.. settings.Select(setting => (setting.Key, setting.Value))])
        );

        failure.ToString().ShouldContain(option);
        failure.ToString().ShouldNotContain("secret", Case.Sensitive);
    }
}
