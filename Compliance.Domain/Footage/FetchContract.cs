namespace Compliance.Domain.Footage;

// How a box fetches a recording that police asked for, as JSON written with EventCatalog.Json; instants UTC by the API's clock.
//
//   GET  /probe/footage-fetches                  -> FetchWish[]: what to fetch now, of venues the box holds. One that no longer stands there is let go.
//   POST /probe/footage-fetches/{file}/told      FetchTold: how it stands, or that it came to nothing. 409 footage.fetch-over: let it go
//   PUT  /probe/footage-fetches/{file}           FetchedFile -> FootageReceived: what will come; said again, how much of it has come
//   PUT  /probe/footage-fetches/{file}/bytes     the next piece, with Content-Range as an owner's -> FootageReceived

/// <summary>One camera's part of a request that the box fetches from where it is recorded.</summary>
/// <param name="FileId">Of the file that it becomes.</param>
public sealed record FetchWish(Guid FileId, Guid RequestId, Guid DeviceId, DateTimeOffset From, DateTimeOffset To);

/// <summary>What the box does with it: waits for its turn, has the recorder replay, makes the file, sends it.</summary>
public enum FetchStage { Waiting, Replaying, Packing, Sending }

/// <param name="Done">Seconds of the recording, or bytes of the file where it is sent.</param>
/// <param name="Failure">Null while it goes on.</param>
public sealed record FetchTold(FetchStage Stage, double Done, double Of, FetchFailure? Failure);

/// <summary>What the box fetched and packed.</summary>
/// <param name="From">The first picture by our clock: the recorder's own is corrected by what it was ahead.</param>
/// <param name="MissingSeconds">Of the period asked for, so much the recorder did not have.</param>
public sealed record FetchedFile(long Bytes, string Sha256, DateTimeOffset From, DateTimeOffset Until, int MissingSeconds);

/// <summary>Why nothing came of fetching: a closed list.</summary>
public enum FetchFailure { NoArchive, NothingRecorded, WithoutTime, RecorderSilent, Unreadable, TooLarge, NoRoom }

/// <summary>A fetch as those who wait for it see it.</summary>
/// <param name="Stage">As the box told last; null where it has not spoken of it, or since the API was started.</param>
public sealed record FetchShown(FootageFetch Fetch, FetchStage? Stage, double Done, double Of);

/// <summary>Whether a venue lets its recorder be asked at once when police ask.</summary>
public sealed record FetchAgreementForm(bool AtOnce);
