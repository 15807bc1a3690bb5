using System.Net.Http.Json;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Probe.Tests.Simulator;

/// <summary>The load server speaks RTSP that a client we did not write understands: ffmpeg.</summary>
public sealed class LoadServerTests
{
    private static readonly Login Police = new("police", "a pass/word");

    [Theory]
    [InlineData("h264", "tcp", AuthSchemes.DigestMd5, "h264|640|360")]
    [InlineData("h264", "udp", AuthSchemes.DigestMd5, "h264|640|360")]
    [InlineData("h265", "tcp", AuthSchemes.Basic, "hevc|640|360")]
    [InlineData("h265", "udp", AuthSchemes.None, "hevc|640|360")]
    public async Task A_foreign_client_reads_the_stream(string clip, string transport, AuthSchemes auth, string stream)
    {
        using var server = LoadServer.Start(await Settings() with { Auth = auth, Login = auth is AuthSchemes.None ? null : Police });
        Assert.Equal((0, stream), await ForeignClient.Describe(server.Url($"{clip}/7"), Police, transport));
    }

    [Fact]
    public async Task A_foreign_client_decodes_every_picture_without_complaint()
    {
        using var server = LoadServer.Start(await Settings());
        var (code, said) = await ForeignClient.Decode(server.Url("h264/1"), Police, pictures: 60);
        Assert.Equal((0, ""), (code, said));
    }

    [Fact]
    public async Task A_wrong_password_is_turned_away_with_401()
    {
        using var server = LoadServer.Start(await Settings());
        await server.Inject("h264/1", Faults.None with { Password = "changed" });
        var (code, said) = await ForeignClient.Describe(server.Url("h264/1"), Police);
        Assert.NotEqual(0, code);
        Assert.Contains("401", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Digest_SHA_256_gives_the_response_of_the_example_in_RFC_7616()
    {
        const string nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
        const string answer = $"""
            Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=SHA-256, nonce="{nonce}", nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
            """;
        var login = new Login("Mufasa", "Circle of Life");
        Assert.True(Challenge.Accepts(AuthSchemes.DigestSha256, login, nonce, "GET", answer));
        Assert.False(Challenge.Accepts(AuthSchemes.DigestSha256, login with { Password = "wrong" }, nonce, "GET", answer));
        Assert.False(Challenge.Accepts(AuthSchemes.DigestMd5, login, nonce, "GET", answer));
    }

    [Theory]
    [InlineData(453)]
    [InlineData(503)]
    public async Task The_session_limit_is_told_in_the_words_of_the_make(int status)
    {
        using var server = LoadServer.Start(await Settings());
        await server.Inject("h264/1", Faults.None with { SessionLimit = 0, SessionLimitStatus = status });
        var (code, said) = await ForeignClient.Describe(server.Url("h264/1"), Police);
        Assert.NotEqual(0, code);
        Assert.Contains(status is 453 ? "453" : "5XX", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_camera_drops_its_connections_and_a_healed_one_serves_again()
    {
        using var server = LoadServer.Start(await Settings());
        await server.Inject("h264/1", Faults.None with { Cut = true });
        Assert.NotEqual(0, (await ForeignClient.Describe(server.Url("h264/1"), Police)).Code);
        Assert.Equal(0, (await ForeignClient.Describe(server.Url("h264/2"), Police)).Code);
        await server.Inject("h264/1", Faults.None);
        Assert.Equal(0, (await ForeignClient.Describe(server.Url("h264/1"), Police)).Code);
    }

    [Fact]
    public async Task Faults_are_set_and_healed_over_http()
    {
        using var server = LoadServer.Start(await Settings());
        await using var control = await ControlDoor.Open(server, 0);
        using var http = new HttpClient { BaseAddress = control.Address };
        var stop = TestContext.Current.CancellationToken;

        (await http.PutAsJsonAsync("faults/h264/1", new { clip = "h265", clockSkew = "00:00:07" }, stop)).EnsureSuccessStatusCode();
        Assert.Equal(Faults.None with { Clip = "h265", ClockSkew = TimeSpan.FromSeconds(7) }, (await server.Cameras())["h264/1"]);
        Assert.Equal((0, "hevc|640|360"), await ForeignClient.Describe(server.Url("h264/1"), Police));

        (await http.DeleteAsync("faults/h264/1", stop)).EnsureSuccessStatusCode();
        Assert.Equal(Faults.None, (await server.Cameras())["h264/1"]);
        Assert.Equal(404, (int)(await http.PutAsJsonAsync("faults/nowhere", Faults.None, stop)).StatusCode);
    }

    private static async Task<LoadSettings> Settings()
    {
        ForeignClient.SkipUnlessInstalled();
        var clips = ClipCache.Shared;
        return new()
        {
            Login = Police,
            Clips = new Dictionary<string, Clip>
            {
                ["h264"] = await clips.Load(ClipRecipe.Small, TestContext.Current.CancellationToken),
                ["h265"] = await clips.Load(ClipRecipe.Small with { Codec = Codec.H265 }, TestContext.Current.CancellationToken),
            },
        };
    }
}
