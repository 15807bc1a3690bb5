using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Clips whose content is known, and what detectors made of them.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<Page<KnownClipRow>>> KnownClips(string? cursor, int limit, CancellationToken ct) => Get<Page<KnownClipRow>>($"known-clips?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<RecallSheet>> Recall(CancellationToken ct) => Get<RecallSheet>("known-clips/recall", ct);

    public Task<Answer<CommandAnswer>> AddKnownClip(KnownClipProposal proposal, CancellationToken ct) => Send(HttpMethod.Put, $"known-clips/{proposal.Clip.ClipId}", proposal, ct);

    /// <param name="boxes">Null: every box.</param>
    public Task<Answer<CommandAnswer>> AssignKnownClip(Guid clip, IReadOnlyList<Guid>? boxes, CancellationToken ct) => Send(HttpMethod.Post, $"known-clips/{clip}/assigned", new KnownClipCommand.Assign(boxes), ct);

    public Task<Answer<CommandAnswer>> DeleteKnownClip(Guid clip, string grounds, CancellationToken ct) => Send(HttpMethod.Post, $"known-clips/{clip}/deleted", new KnownClipCommand.Delete(grounds), ct);
}
