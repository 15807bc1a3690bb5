using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Venues;

namespace Compliance.Api.Entrance;

/// <summary>Which venues a list may show to a caller.</summary>
sealed class OwnVenues(IViewStore views, Posts posts)
{
    /// <summary>The venues where the caller holds a post today, in a role of the token; null for an official, who sees all.</summary>
    public async Task<IReadOnlyCollection<Guid>?> Of(Caller caller, CancellationToken ct) =>
        caller.Is(Who.Officials) ? null : await HeldBy(caller, ct);

    /// <summary>The same for whoever it is: an official answers for what he holds, not for what he sees.</summary>
    public Task<IReadOnlyCollection<Guid>> HeldBy(Caller caller, CancellationToken ct) => HeldBy(caller, Enum.GetValues<Post>(), ct);

    /// <summary>Where the caller may read what passes between a venue and the state: those officials everywhere, who answers for a venue there.</summary>
    public async Task<Func<Guid, bool>> Confidant(Caller caller, Who officials, CancellationToken ct) =>
        caller.Is(officials) ? _ => true : (await HeldBy(caller, [Post.Owner, Post.Manager], ct)).Contains;

    async Task<IReadOnlyCollection<Guid>> HeldBy(Caller caller, IEnumerable<Post> among, CancellationToken ct)
    {
        var held = await views.Find(PersonPosts.View, caller.Id, ct);
        return held?.On(posts.Today, [.. among.Where(post => caller.Is(Posts.RoleOf(post)))]) ?? [];
    }
}
