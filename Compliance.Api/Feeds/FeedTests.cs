using Compliance.Domain.Devices;
using Compliance.Domain.Probes;

namespace Compliance.Api.Feeds;

/// <summary>Feed tests of persons who type a camera in, and second looks of the API's own.</summary>
sealed class FeedTests(TimeProvider clock) : Errands<FeedTest, FeedTestResult>(clock, test => test.Id)
{
    /// <summary>Stands for a person where the API itself asks for a second look.</summary>
    public static readonly Guid Itself = Guid.Empty;

    /// <summary>A person is told less than the probe says; a second look keeps no picture; whoever is to get a blurred one gets no clear one from a box that does not know how.</summary>
    public bool Answer(Guid id, Guid probeId, FeedTestResult result) =>
        Answer(id, probeId, (asked, test) => asked == Itself || (test.Blurred && !result.IsBlurred) ? result.Told() with { StillJpegBase64 = null } : result.Told());

    public async Task<FeedTestState?> Watch(Guid id, Guid subjectId, TimeSpan wait, CancellationToken ct) =>
        await Stands(id, subjectId, wait, ct) is (var state, var result) ? new(id, state, result) : null;
}
