using Compliance.Api.Demo;
using Microsoft.Extensions.Configuration;

namespace Compliance.Api.Tests.Demo;

/// <summary>Only a demo may live in its past.</summary>
public sealed class StoryClockTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string File(string text)
    {
        System.IO.File.WriteAllText(_folder["clock"], text);
        return _folder["clock"];
    }

    static IConfiguration With(string file, bool demo) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Demo:ClockFile"] = file, ["Demo:Accounts"] = $"{demo}" }).Build();

    [Fact]
    public void The_demo_lives_at_the_instant_of_the_file_and_follows_it()
    {
        var clock = StoryClock.Of(With(File("2026-09-10T05:00:00Z\n"), demo: true));
        Assert.Equal(new(2026, 9, 10, 5, 0, 0, TimeSpan.Zero), clock.GetUtcNow());
        File("2026-09-12T05:00:00.5Z");
        Assert.Equal(new(2026, 9, 12, 5, 0, 0, 500, TimeSpan.Zero), clock.GetUtcNow());
    }

    [Fact]
    public void An_empty_file_means_the_present()
    {
        var clock = StoryClock.Of(With(File(""), demo: true));
        Assert.InRange(clock.GetUtcNow(), TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));
    }

    [Fact]
    public void Nobody_else_turns_the_clock_back() => Assert.Throws<InvalidOperationException>(() => StoryClock.Of(With(File("2026-09-10T05:00:00Z"), demo: false)));

    [Fact]
    public void Without_the_setting_it_is_the_systems() => Assert.Same(TimeProvider.System, StoryClock.Of(new ConfigurationBuilder().Build()));
}
