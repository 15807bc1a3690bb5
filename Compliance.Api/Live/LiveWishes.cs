using Compliance.Api.Feeds;
using Compliance.Domain.Probes;

namespace Compliance.Api.Live;

/// <summary>Cameras that somebody may look at now, on their way to the probe that watches them: it dials out to us, so it may stand behind any router.</summary>
/// <remarks>One wish a camera for all officers together; so many may wait for one box, which counts as who asks.</remarks>
sealed class LiveWishes(TimeProvider clock) : Errands<LiveWish, object>(clock, wish => wish.Id, mostOfOne: 64, most: 4096)
{
    /// <summary>The probe that was given the wish came with the feed.</summary>
    public bool Answered(Guid id, Guid probeId) => Answer(id, probeId, (_, _) => this);
}
