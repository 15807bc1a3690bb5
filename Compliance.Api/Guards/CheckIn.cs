using System.Threading.RateLimiting;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Guards;

/// <summary>
/// A guard comes and leaves: the code on the venue's screen opens the page, his number and PIN say who he is. No account, no position, no
/// mark that outlives the night. Which of number and PIN was wrong is not told.
/// </summary>
sealed class CheckIn(IEventLog log, VenueCode codes, GuardPins pins, CheckInLimit limit, TimeProvider clock)
{
    static readonly Refusal OldCode = new("guard.code-stale", "This code has turned: read the one that is on the screen now."),
        NotRecognised = new("guard.not-recognised", "This number and this PIN do not belong together here."),
        ChooseFirst = new("guard.pin-first", "Somebody gave you this PIN. Choose your own now."),
        Weak = new("guard.pin-weak", $"A PIN has {GuardPins.Shortest} to {GuardPins.Longest} digits, is not the one you were given, and is no row like 1111 or 1234.", "newPin");

    /// <summary>What the screen at the venue shows.</summary>
    public static GuardCode Code(Guid venueId, VenueCode codes, IssuerAddress address)
    {
        var (code, until) = codes.Now(venueId);
        var link = new Uri(address.Portal, $"guard/{venueId}/{code}").ToString();
        return new(link, QrCode.Of(link), until);
    }

    public static async Task<IResult> Open(Guid venueId, CodeOpened body, Beginnings beginnings, VenueCode codes, CancellationToken ct) =>
        await beginnings.Of(new("venue", venueId), ct) is null || codes.Open(venueId, body.Code, body.Handset) is not { } ticket
            ? Problems.Of(OldCode) : TypedResults.Ok(new CheckInTicket(ticket));

    public static async Task<IResult> Handle(Guid venueId, GuardCheck body, CheckIn checkIn, CancellationToken ct) => await checkIn.Take(venueId, body, ct);

    async Task<IResult> Take(Guid venueId, GuardCheck said, CancellationToken ct)
    {
        if (!codes.IsGood(venueId, said.Ticket, said.Handset)) return Problems.Of(OldCode);
        if (!limit.Passes(venueId, said.Number, said.Handset)) return Problems.TooMany("Too many tries with this number.", CheckInLimit.RetryAfterSeconds);
        var now = clock.GetUtcNow();
        var (state, _, _) = await log.Load(Guarding.Decider, new("guarding", venueId), ct);
        var guard = (state as Guarding.Kept)?.Guards.FirstOrDefault(g => g.Number == said.Number && g.Until is null);
        if (guard is null || !pins.IsRight(guard.GuardId, said.Pin))
        {
            limit.Missed(venueId, said.Number);
            return Problems.Of(NotRecognised);
        }

        var origin = new Origin(Guid.CreateVersion7(now), $"guard:{guard.GuardId}");
        if (!guard.HasOwnPin)
        {
            if (string.IsNullOrEmpty(said.NewPin)) return Problems.Of(ChooseFirst);
            if (!GuardPins.IsGood(said.NewPin, said.Pin)) return Problems.Of(Weak);
            pins.Set(guard.GuardId, said.NewPin);
            await log.Execute(Guarding.Decider, venueId, new GuardingCommand.ChoosePin(guard.GuardId), origin, ct);
        }

        Refusal? no = null;
        foreach (var night in said.Leaving ? [(await OpenOf(log, venueId, guard.GuardId, now, ct))?.Night ?? Night.Of(now)] : NightsAround(now)) // who is in no shift is told so by tonight's sheet
        {
            ShiftCommand command = said.Leaving ? new ShiftCommand.CheckOut(guard.GuardId, now) : new ShiftCommand.CheckIn(guard.GuardId, codes.Mark(venueId, night, said.Handset), now);
            var done = await log.Execute(ShiftSheet.Decider, ShiftSheet.IdOf(venueId, night), command, origin, ct);
            if (done.Refusal is null) return TypedResults.Ok(new GuardChecked(said.Number, now, said.Leaving, done.Position, guard.GuardId, said.Leaving ? null : codes.PanicPass(venueId, guard.GuardId, said.Handset)));
            no ??= done.Refusal;
        }

        return Problems.Of(no!);
    }

    /// <summary>The shift a guard is in now, and of which night; of several the one that began last.</summary>
    public static async Task<(DateOnly Night, Shift Shift)?> OpenOf(IEventLog log, Guid venueId, Guid guardId, DateTimeOffset now, CancellationToken ct)
    {
        (DateOnly Night, Shift Shift)? last = null;
        foreach (var night in NightsAround(now))
        {
            var (sheet, _, _) = await log.Load(ShiftSheet.Decider, new("shift", ShiftSheet.IdOf(venueId, night)), ct);
            if (sheet.OpenOf(guardId, now) is { } open && (last is null || open.From > last.Value.Shift.From)) last = (night, open);
        }

        return last;
    }

    static DateOnly[] NightsAround(DateTimeOffset now) => [Night.Of(now), Night.Of(now).AddDays(-1), Night.Of(now).AddDays(1)];
}

/// <summary>
/// Six digits are soon tried: one telephone gets a few tries in ten minutes, whatever numbers it names and however many tickets it asks
/// for, and one number of one venue may be missed a few times more, wherever that comes from. So one guest locks no number out, and
/// those who know their PIN use up nobody's tries.
/// </summary>
sealed class CheckInLimit : IDisposable
{
    public const int RetryAfterSeconds = 600, Tries = 6, TriesOfNumber = 18;

    readonly PartitionedRateLimiter<(Guid, Guid)> _handsets = Limiter<(Guid, Guid)>(Tries);
    readonly PartitionedRateLimiter<(Guid, int)> _numbers = Limiter<(Guid, int)>(TriesOfNumber);

    public bool Passes(Guid venueId, int number, Guid handset) => _handsets.AttemptAcquire((venueId, handset)).IsAcquired && _numbers.AttemptAcquire((venueId, number), 0).IsAcquired;

    public void Missed(Guid venueId, int number) => _numbers.AttemptAcquire((venueId, number)).Dispose();

    public void Dispose()
    {
        _handsets.Dispose();
        _numbers.Dispose();
    }

    static PartitionedRateLimiter<TKey> Limiter<TKey>(int tries) where TKey : notnull => PartitionedRateLimiter.Create<TKey, TKey>(key =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new() { PermitLimit = tries, Window = TimeSpan.FromSeconds(RetryAfterSeconds), SegmentsPerWindow = 10, QueueLimit = 0 }));
}
