using Compliance.Probe.Watch.Rtsp;

namespace Compliance.Probe.Tests.Watch;

public sealed class DigestTests
{
    [Fact]
    public void The_example_of_RFC_2617_is_answered_as_it_says()
    {
        var answer = Digest.Answer(Only("""Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41" """),
            "Mufasa", "Circle Of Life", "GET", "/dir/index.html", 1, "0a4f113b");
        Assert.Contains("response=\"6629fae49393a05397450978507c4ef1\"", answer, StringComparison.Ordinal);
        Assert.Contains("opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    public void The_examples_of_RFC_7616_are_answered_as_it_says(string algorithm, string response)
    {
        var answer = Digest.Answer(Only($"""Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS" """),
            "Mufasa", "Circle of Life", "GET", "/dir/index.html", 1, "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        Assert.Contains($"response=\"{response}\"", answer, StringComparison.Ordinal);
        Assert.Contains("qop=auth, nc=00000001", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_qop_it_answers_in_the_old_way()
    {
        var answer = Digest.Answer(Only("""Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093" """), "Mufasa", "Circle Of Life", "GET", "/dir/index.html", 1, "x");
        Assert.Contains("response=\"670fd8c2df070c60b045671b8b24ff02\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("qop", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void The_strongest_of_several_ways_is_taken_in_one_header_or_in_many()
    {
        string[] headers = ["Basic realm=\"a\", Digest realm=\"b, \\\"c\\\"\", nonce=\"1\"", "Digest realm=\"b\", nonce=\"2\", algorithm=SHA-256", "Negotiate"];
        Assert.Equal(["Basic", "Digest"], Challenge.Parse(headers[0]).Select(c => c.Scheme));
        Assert.Equal("b, \"c\"", Challenge.Parse(headers[0])[1]["realm"]);
        Assert.Equal("2", Challenge.Strongest(headers)!["nonce"]);
        Assert.Null(Challenge.Strongest(["Negotiate", "Digest realm=\"b\", algorithm=SHA-512-256"]));
    }

    [Fact]
    public void A_nonce_refused_once_is_not_tried_again_unless_it_was_stale()
    {
        var credentials = new Credentials("police", "secret", new Random(1));
        Assert.Null(credentials.Sign("OPTIONS", "rtsp://a/"));
        Assert.True(credentials.Learn(Refused("Digest realm=\"r\", nonce=\"1\"")));
        Assert.False(credentials.Learn(Refused("Digest realm=\"r\", nonce=\"1\"")));
        Assert.True(credentials.Learn(Refused("Digest realm=\"r\", nonce=\"1\", stale=TRUE")));
        Assert.True(credentials.Learn(Refused("Digest realm=\"r\", nonce=\"2\"")));
        Assert.False(new Credentials(null, null, new Random(1)).Learn(Refused("Basic realm=\"r\"")));
    }

    [Fact]
    public void No_text_of_ours_holds_the_password() =>
        Assert.DoesNotContain("secret", $"{new Credentials("police", "secret", new Random(1))}{new Compliance.Probe.Watch.FeedTarget(new("rtsp://a/b"), "police", "secret", default)}", StringComparison.Ordinal);

    static Challenge Only(string header) => Assert.Single(Challenge.Parse(header));

    static RtspResponse Refused(string challenge) => new(401, "", [KeyValuePair.Create("WWW-Authenticate", challenge)], []);
}
