using Compliance.Api.Feeds;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Probes;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Feeds;

public sealed class MinuteTests : IAsyncLifetime
{
    readonly House _house = new();
    Scene _scene = null!;

    DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(_house.Clock.GetUtcNow().ToUnixTimeSeconds() / 60 * 60);

    public async ValueTask InitializeAsync()
    {
        _scene = await Scene.In(_house);
        await _scene.AsProbe.Get<Assignments>("/probe/assignments", _scene.Ready);
        _house.Clock.Advance(TimeSpan.FromHours(2));
    }

    public async ValueTask DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task Each_minute_counts_once_however_often_it_is_told_and_the_owner_reads_it_in_steps()
    {
        var minutes = Enumerable.Range(0, 30).Select(n => Minute(Now.AddMinutes(-40 + n))).ToArray();
        Assert.Equal(30, await Tell(_scene.Probe, minutes));
        Assert.Equal(30, await Tell(_scene.Probe, minutes));
        await Tell(_scene.Probe, minutes[0] with { UpSeconds = 10, Fps = 1 }); // less is known of it than before
        var series = await _scene.AsOwner.Get<MeasurementSeries>($"/devices/{_scene.Camera}/measurements?from={Now.AddHours(-1):O}&to={Now:O}&step=60".Replace("+00:00", "Z"));
        Assert.Equal((30 * 55, 30 * 5), (series.Points.Sum(p => p.UpSeconds), series.Points.Sum(p => p.DownSeconds)));
        Assert.All(series.Points, p => Assert.Equal((24.9, 2013.0, -71.0, 2.1), (p.Fps, p.Kbps, p.ClockOffsetMs, p.KeyframeSeconds)));
        var day = await _scene.AsOwner.Get<MeasurementSeries>($"/devices/{_scene.Camera}/measurements");
        Assert.Equal((10, 30 * 55), (day.StepMinutes, day.Points.Sum(p => p.UpSeconds)));
    }

    [Fact]
    public async Task Only_the_holder_s_word_counts_of_its_own_cameras_and_of_what_has_been()
    {
        var central = Guid.NewGuid();
        using var administrator = _scene.AsAdministrator;
        using (var enrolled = await administrator.Ask("PUT", $"/probes/{central}", new ProbeCommand.Enrol(central, "central"))) enrolled.EnsureSuccessStatusCode();
        await administrator.Do("POST", $"/probes/{central}/assigned", new ProbeCommand.Assign(_scene.Venue));
        using (var beat = await _scene.AsProbe.Ask("POST", "/probe/heartbeat", new Heartbeat(_scene.Probe, 0, 1, false, 0, 0, "1.0"))) beat.EnsureSuccessStatusCode();
        Assert.Equal(0, await Tell(central, Minute(Now.AddMinutes(-5))));
        Assert.Equal(0, await Tell(Guid.NewGuid(), Minute(Now.AddMinutes(-5))));
        Assert.Equal(0, await Tell(_scene.Probe, Minute(Now.AddMinutes(5)), Minute(Now.AddDays(-40)), Minute(Now.AddHours(-5)), Minute(Now.AddMinutes(-5)) with { DeviceId = _scene.Exit }, Minute(Now.AddMinutes(-5)) with { DeviceId = Guid.NewGuid() }));
        Assert.Equal(1, await Tell(_scene.Probe, Minute(Now.AddMinutes(-5))));
    }

    [Theory]
    [InlineData("step=0", "step")]
    [InlineData("step=1441", "step")]
    [InlineData("from=2026-01-01T00:00:00Z&step=1", "step")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2100-01-01T00:00:00Z", "from")]
    [InlineData("to=0001-01-01T00:00:00Z", "to")]
    public async Task A_question_that_makes_no_sense_is_refused_by_name(string asked, string field)
    {
        using var answer = await _scene.AsOwner.Ask("GET", $"/devices/{_scene.Camera}/measurements?{asked}");
        Assert.Equal($"400 request.malformed {field}", await answer.Refusal());
    }

    [Fact]
    public async Task After_the_retention_a_minute_is_gone()
    {
        var store = _house.Services.GetRequiredService<MinuteStore>();
        var minute = Minute(Now.AddMinutes(-5));
        await Tell(_scene.Probe, minute);
        _house.Clock.Advance(new MeasurementRules().Kept - TimeSpan.FromHours(1));
        store.EraseOld();
        Assert.Single(store.Of(_scene.Camera, minute.Minute, minute.Minute.AddMinutes(1)));
        _house.Clock.Advance(TimeSpan.FromHours(2));
        store.EraseOld();
        Assert.Empty(store.Of(_scene.Camera, minute.Minute, minute.Minute.AddMinutes(1)));
    }

    async Task<int> Tell(Guid probe, params MinuteMeasured[] minutes)
    {
        using var answer = await _house.AsProbe(probe).Ask("POST", "/probe/minutes", minutes);
        answer.EnsureSuccessStatusCode();
        return (await answer.Json()).GetProperty("kept").GetInt32();
    }

    MinuteMeasured Minute(DateTimeOffset at) => new(_scene.Camera, at, 55, 5, 24.9, 2013, 1, 2.1, -71);
}
