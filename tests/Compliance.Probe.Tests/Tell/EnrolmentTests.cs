using System.Security.Cryptography;
using System.Text.Json;
using Compliance.Domain.Probes;
using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Probe.Tests.Tell;

/// <summary>A box is started with a code, makes its key, and believes the API it met then and no other.</summary>
public sealed class EnrolmentTests : IDisposable
{
    readonly Folder _folder = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_gives_an_identity_that_stays_and_signs_in_with_the_key_that_never_left_the_box()
    {
        await using var api = await FakeApi.Start();
        api.GoodCode = "ABCD-EFGH-JKLM";
        using var http = new HttpClient { BaseAddress = api.Address };
        var options = Options with { EnrolmentCode = api.GoodCode };
        var identity = await Identity(options, http);
        Assert.Equal(identity, await Identity(options, http));
        Assert.Equal(identity, await Identity(Options, http));
        Assert.Single(api.Enrolments);

        var connection = new ApiConnection(http, options with { Identity = identity }, TimeProvider.System, NullLogger<ApiConnection>.Instance);
        api.Assignments = new(Guid.Empty, "1", []);
        Assert.NotNull(await connection.GetAssignments(null, Ct));
        using var key = ECDsa.Create();
        key.ImportFromPem(api.Enrolments.Single().PublicKey);
        var parts = api.Assertion!.Split('.');
        Assert.True(key.VerifyData(System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Decoded(parts[2]), HashAlgorithmName.SHA256));
        Assert.Equal(api.Address.AbsoluteUri, JsonDocument.Parse(Decoded(parts[1])).RootElement.GetProperty("aud").GetString());
        Assert.DoesNotContain("PRIVATE", api.Enrolments.Single().PublicKey, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["data/identity.json"]));
    }

    [Fact]
    public async Task A_code_in_a_file_is_read_once()
    {
        await using var api = await FakeApi.Start();
        api.GoodCode = "ABCD-EFGH-JKLM";
        using var http = new HttpClient { BaseAddress = api.Address };
        var options = Options with { EnrolmentCodeFile = _folder["code"] };
        Assert.Null(await Identity(options, http));
        await File.WriteAllTextAsync(_folder["code"], $"{api.GoodCode}\n", Ct);
        var identity = await Identity(options, http);
        Assert.NotNull(identity);
        Assert.False(File.Exists(_folder["code"]));

        await File.WriteAllTextAsync(_folder["code"], "VOID-VOID-VOID", Ct);
        await Assert.ThrowsAsync<EnrolmentRefused>(() => Identity(options, http));
        Assert.False(File.Exists(_folder["code"]));
        Assert.Equal(identity, await Identity(options, http));
    }

    [Fact]
    public async Task A_void_code_is_said_and_an_api_that_is_away_is_waited_for()
    {
        await using var api = await FakeApi.Start();
        using var http = new HttpClient { BaseAddress = api.Address };
        await Assert.ThrowsAsync<EnrolmentRefused>(() => Identity(Options with { EnrolmentCode = "ABCD-EFGH-JKLM" }, http));
        (api.GoodCode, api.Trouble) = ("NEW", 503);
        var said = new List<string>();
        var identity = await BoxIdentity.Of(Options with { EnrolmentCode = "NEW" }, http, new Impatient(), why => { said.Add(why); api.Trouble = null; }, Ct);
        Assert.Equal(["the API answered 503"], said);
        Assert.Equal(Guid.Empty, identity?.Box.ProbeId);
    }

    [Fact]
    public async Task A_list_of_another_key_of_another_box_or_of_before_is_refused()
    {
        await using var api = await FakeApi.Start();
        using var http = new HttpClient { BaseAddress = api.Address };
        var connection = new ApiConnection(http, Options with { ClientId = $"probe-{Guid.Empty}", ClientSecret = "s" }, TimeProvider.System, NullLogger<ApiConnection>.Instance);
        Assert.NotNull(await connection.GetAssignments(null, Ct));
        Assert.True(File.Exists(_folder["data/configuration-key.pem"]));

        api.Assignments = new(Guid.NewGuid(), "2", []);
        await Assert.ThrowsAsync<ApiAway>(() => connection.GetAssignments(null, Ct));
        (api.Assignments, var known) = (new(Guid.Empty, "3", []), api.SigningKey);
        api.SigningKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Assert.ThrowsAsync<ApiAway>(() => connection.GetAssignments(null, Ct));
        api.SigningKey = known;
        Assert.Equal("3", (await connection.GetAssignments(null, Ct))?.Revision);

        Assert.Null(await connection.GetAssignments("3", Ct)); // nothing changed
        api.Replayed = api.LastSignature;
        await Assert.ThrowsAsync<ApiAway>(() => connection.GetAssignments("3", Ct));
        await Assert.ThrowsAsync<ApiAway>(() => connection.GetAssignments(null, Ct));
        api.Replayed = "";
        await Assert.ThrowsAsync<ApiAway>(() => connection.GetAssignments("3", Ct));

        var lists = new TrustedLists(Options with { ClientId = $"probe-{Guid.Empty}" }, NullLogger.Instance);
        var now = DateTimeOffset.UnixEpoch.AddDays(9);
        Assert.True(lists.Believes(Signed(now), [1]));
        Assert.False(lists.Believes(Signed(now.AddMinutes(-3)), [1]));
        Assert.False(lists.Believes(Signed(now), [2]));
        Assert.False(lists.Believes(null, [1]));
        Assert.False(lists.Believes("..", [1]));
        Assert.False(lists.Believes("a..b", [1]));

        string Signed(DateTimeOffset at) => SignedList.Sign(signed => known.SignData(signed, HashAlgorithmName.SHA256), api.Box.ConfigurationKey, Guid.Empty, at, [1]);
    }

    public void Dispose() => _folder.Dispose();

    ProbeOptions Options => new() { DataDir = Directory.CreateDirectory(_folder["data"]).FullName };

    static Task<BoxIdentity?> Identity(ProbeOptions options, HttpClient http) => BoxIdentity.Of(options, http, TimeProvider.System, why => Assert.Fail(why), Ct);

    static byte[] Decoded(string part) => System.Buffers.Text.Base64Url.DecodeFromChars(part);

    /// <summary>For whom no time passes.</summary>
    sealed class Impatient : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
