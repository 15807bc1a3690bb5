using Compliance.Probe.Tell;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Tell;

public sealed class ApiConnectionTests : IDisposable
{
    readonly Folder _folder = new();
    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    readonly Said<ApiConnection> _log = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whoever_is_revoked_knocks_once_in_ten_minutes_and_is_let_in_again_when_that_was_taken_back()
    {
        await using var fake = await FakeApi.Start();
        using var http = new HttpClient { BaseAddress = fake.Address };
        var api = new ApiConnection(http, new() { DataDir = _folder["data"], ClientId = $"probe-{Guid.Empty}", ClientSecret = "s" }, _clock, _log);
        Assert.NotNull(await api.GetAssignments(null, Ct));
        fake.IsRevoked = true;
        for (var minute = 0; minute < 25; minute++)
        {
            Assert.True((await Assert.ThrowsAsync<ApiAway>(() => api.GetAssignments(null, Ct))).IsRevoked);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(3, fake.Knocks);
        fake.IsRevoked = false;
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.NotNull(await api.GetAssignments(null, Ct));
    }

    [Fact]
    public async Task A_rotated_key_is_no_revocation_and_the_new_one_is_found_in_the_file()
    {
        await using var fake = await FakeApi.Start();
        using var http = new HttpClient { BaseAddress = fake.Address };
        using var folder = new Folder();
        await File.WriteAllTextAsync(folder["secret"], "old", Ct);
        var api = new ApiConnection(http, new() { DataDir = _folder["data"], ClientId = $"probe-{Guid.Empty}", ClientSecretFile = folder["secret"] }, _clock, _log);
        fake.Secret = "new";
        for (var i = 0; i < 5; i++) Assert.False((await Assert.ThrowsAsync<ApiAway>(() => api.GetAssignments(null, Ct))).IsRevoked);
        Assert.Equal(1, fake.Knocks);
        await File.WriteAllTextAsync(folder["secret"], "new\n", Ct);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.NotNull(await api.GetAssignments(null, Ct));
    }

    [Fact]
    public async Task A_box_that_hears_only_after_its_revocation_says_what_to_do_and_knocks_ever_more_seldom()
    {
        await using var fake = await FakeApi.Start();
        using var http = new HttpClient { BaseAddress = fake.Address };
        var api = new ApiConnection(http, new() { DataDir = _folder["data"], ClientId = $"probe-{Guid.Empty}", ClientSecret = "void" }, _clock, _log);
        fake.Secret = "new";
        for (var second = 0; second < 3600; second += 5)
        {
            await Assert.ThrowsAsync<ApiAway>(() => api.GetAssignments(null, Ct));
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.InRange(fake.Knocks, 6, 12); // 10, 20, 40, … seconds, then every ten minutes
        Assert.Equal(fake.Knocks, _log.Lines.Count);
        Assert.All(_log.Lines, line => Assert.All((string[])["revoked", "enrolled anew", "Probe:ClientSecret"], word => Assert.Contains(word, line, StringComparison.Ordinal)));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("void", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_secret_in_the_file_is_tried_at_once_and_a_clock_set_back_shuts_no_door()
    {
        await using var fake = await FakeApi.Start();
        using var http = new HttpClient { BaseAddress = fake.Address };
        using var folder = new Folder();
        await File.WriteAllTextAsync(folder["secret"], "old", Ct);
        var clock = new SettableClock(_clock.GetUtcNow());
        var api = new ApiConnection(http, new() { DataDir = _folder["data"], ClientId = $"probe-{Guid.Empty}", ClientSecretFile = folder["secret"] }, clock, _log);
        fake.Secret = "new";
        await Assert.ThrowsAsync<ApiAway>(() => api.GetAssignments(null, Ct));
        clock.SetBack(TimeSpan.FromDays(1));
        clock.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync<ApiAway>(() => api.GetAssignments(null, Ct));
        Assert.Equal(2, fake.Knocks);
        await File.WriteAllTextAsync(folder["secret"], "new", Ct);
        Assert.NotNull(await api.GetAssignments(null, Ct));
    }

    [Fact]
    public async Task Many_at_once_share_one_token()
    {
        await using var fake = await FakeApi.Start();
        using var http = new HttpClient { BaseAddress = fake.Address };
        var api = new ApiConnection(http, new() { DataDir = _folder["data"], ClientId = $"probe-{Guid.Empty}", ClientSecret = "s" }, _clock, _log);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.GetAssignments(null, Ct)));
        Assert.Equal(1, fake.Tokens);
    }

    [Fact]
    public async Task A_401_without_that_reason_is_only_a_token_that_no_longer_counts()
    {
        await using var fake = await FakeApi.Start();
        using var http = new HttpClient { BaseAddress = fake.Address };
        var api = new ApiConnection(http, new() { DataDir = _folder["data"], ClientId = $"probe-{Guid.Empty}", ClientSecret = "s" }, _clock, _log);
        Assert.NotNull(await api.GetAssignments(null, Ct));
        fake.Tokens = 9;
        Assert.False((await Assert.ThrowsAsync<ApiAway>(() => api.GetAssignments(null, Ct))).IsRevoked);
        Assert.NotNull(await api.GetAssignments(null, Ct));
    }
}
