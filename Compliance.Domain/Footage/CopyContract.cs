namespace Compliance.Domain.Footage;

/// <summary>How a copy with its recipient burnt in stands. Stopped or taken over, there is none any more.</summary>
public enum CopyState { Waiting, Making, Ready, Failed }

/// <summary>Why there is no such copy: a closed list.</summary>
public enum CopyFailure { NoVideo, NoFfmpeg, TooLarge, NoRoom, Stalled, BrokenOff, Broken }

/// <summary>A copy as whoever asked for it sees it.</summary>
/// <param name="Share">How much of it is made, 0 to 1; null before that is known.</param>
/// <param name="Until">Until when it lies there; null while it is made.</param>
public sealed record CopyShown(Guid RequestId, Guid FileId, CopyState State, double? Share, CopyFailure? Why, DateTimeOffset? Until)
{
    public bool IsComing => State is CopyState.Waiting or CopyState.Making;
}
