using System.Net;
using Compliance.Api.EventLog;
using CsCheck;

namespace Compliance.Api.Tests.EventLog;

public sealed class KurrentConnectionStringTests
{
    [Theory]
    [InlineData("esdb://localhost", false)]
    [InlineData("kdb://localhost/", false)]
    [InlineData("kurrent://localhost:2113", false)]
    [InlineData("kurrentdb://localhost:2113/?tls=true", false)]
    [InlineData("esdb+discover://localhost", true)]
    [InlineData("kurrentdb+discover://localhost", true)]
    public void Every_scheme_of_the_vendor_is_understood(string text, bool discover)
    {
        var parsed = KurrentConnectionString.Parse(text);
        Assert.Equal(new DnsEndPoint("localhost", 2113), Assert.Single(parsed.Hosts));
        Assert.Equal((discover, true, null), (parsed.Discover, parsed.Tls, parsed.Login));
    }

    [Fact]
    public void Several_hosts_are_a_cluster_to_be_discovered()
    {
        var parsed = KurrentConnectionString.Parse("esdb://a.kz:1111,b.kz,[::1]:3333");
        Assert.Equal([new("a.kz", 1111), new("b.kz", 2113), new("[::1]", 3333)], parsed.Hosts);
        Assert.True(parsed.Discover);
    }

    [Fact]
    public void A_login_is_unescaped_and_never_shown()
    {
        var parsed = KurrentConnectionString.Parse("kurrentdb://us%40er:p%3Ass@wörd@host:2113");
        Assert.Equal(("us@er", "p:ss@wörd"), (parsed.Login!.UserName, parsed.Login.Password));
        Assert.Equal("host:2113", $"{parsed}");
    }

    [Fact]
    public void Options_mean_what_the_vendor_says()
    {
        var parsed = KurrentConnectionString.Parse(
            "esdb://h?tls=false&TlsVerifyCert=false&tlsCaFile=%2Fca.pem&userCertFile=c.pem&userKeyFile=k.pem&connectionName=api&nodePreference=leader"
            + "&maxDiscoverAttempts=3&discoveryInterval=250&gossipTimeout=2&keepAliveInterval=5000&keepAliveTimeout=1500&defaultDeadline=20000");
        Assert.Equal(
            parsed with
            {
                Tls = false, TlsVerifyCert = false, TlsCaFile = "/ca.pem", UserCertFile = "c.pem", UserKeyFile = "k.pem", ConnectionName = "api",
                MaxDiscoverAttempts = 3, DiscoveryInterval = TimeSpan.FromMilliseconds(250), GossipTimeout = TimeSpan.FromSeconds(2),
                KeepAliveInterval = TimeSpan.FromSeconds(5), KeepAliveTimeout = TimeSpan.FromSeconds(1.5), DefaultDeadline = TimeSpan.FromSeconds(20),
            },
            parsed);
    }

    [Theory]
    [InlineData("sqlite:log.db", "starts with esdb://")]
    [InlineData("esdb+srv://h", "starts with esdb://")]
    [InlineData("esdb://", "is not a host")]
    [InlineData("esdb://h:port", "is not a host")]
    [InlineData("esdb://h:0", "is not a host")]
    [InlineData("esdb://h,,i", "is not a host")]
    [InlineData("esdb://admin@h", "a user comes with a password")]
    [InlineData("esdb://h?tsl=false", "'tsl' is not a known option")]
    [InlineData("esdb://h?tls=no", "tls is true or false")]
    [InlineData("esdb://h?gossipTimeout=-1", "gossipTimeout is a whole number above 0")]
    [InlineData("esdb://h?nodePreference=follower", "leader")]
    [InlineData("esdb://h?userCertFile=c.pem", "go together")]
    public void What_is_wrong_is_said(string text, string fault) =>
        Assert.Contains(fault, Assert.Throws<FormatException>(() => KurrentConnectionString.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_fault_never_repeats_the_password() =>
        Assert.DoesNotContain("s3cret", Assert.Throws<FormatException>(() => KurrentConnectionString.Parse("esdb://admin:s3cret@h:x")).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_text_is_parsed_or_refused_with_a_format_exception() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["esdb://h:@,?&=%[]+1tlsu "], 0, 40].Select(tail => $"esdb://{tail}")).Sample(
            text => Record.Exception(() => KurrentConnectionString.Parse(text)) is null or FormatException, iter: 20_000);
}
