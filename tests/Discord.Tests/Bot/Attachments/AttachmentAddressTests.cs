using CodeInterpreter.Discord.Bot.Attachments;

namespace CodeInterpreter.Discord.Tests.Bot.Attachments;

public sealed class AttachmentAddressTests
{
    [Theory]
    [InlineData("https://cdn.discordapp.com/attachments/1/2/a.csv?ex=1&is=2&hm=3", true)]
    [InlineData("https://media.discordapp.net/ephemeral-attachments/1/2/a.png", true)]
    [InlineData("https://CDN.DISCORDAPP.COM/a.csv", true)]
    [InlineData("http://cdn.discordapp.com/a.csv", false)]
    [InlineData("https://cdn.discordapp.com:8443/a.csv", false)]
    [InlineData("https://user@cdn.discordapp.com/a.csv", false)]
    [InlineData("https://cdn.discordapp.com@evil.example/a.csv", false)]
    [InlineData("https://cdn.discordapp.com.evil.example/a.csv", false)]
    [InlineData("https://evil.example/cdn.discordapp.com", false)]
    [InlineData("https://xcdn.discordapp.com/a.csv", false)]
    [InlineData("https://discordapp.com/a.csv", false)]
    [InlineData("https://127.0.0.1/a.csv", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("ftp://cdn.discordapp.com/a.csv", false)]
    public void OnlyDiscordsHosts_OverHttps_AreAllowed(string address, bool isAllowed) =>
        AttachmentAddress.IsAllowed(new Uri(address), testBase: null).ShouldBe(isAllowed);

    [Theory]
    [InlineData("http://127.0.0.1:5001/a.csv", true)]
    [InlineData("http://127.0.0.1:5002/a.csv", false)]
    [InlineData("https://127.0.0.1:5001/a.csv", false)]
    [InlineData("http://127.0.0.2:5001/a.csv", false)]
    [InlineData("https://cdn.discordapp.com/a.csv", true)]
    public void ATest_MayAddOneServer(string address, bool isAllowed) =>
        AttachmentAddress.IsAllowed(new Uri(address), new Uri("http://127.0.0.1:5001")).ShouldBe(isAllowed);
}
