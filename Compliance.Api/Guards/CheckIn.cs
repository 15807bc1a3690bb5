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
        if (!limit.Passes(venueId, said.Number)) return Problems.TooMany("Too many tries with this number.", CheckInLimit.RetryAfterSeconds);
        var now = clock.GetUtcNow();
        var (state, _, _) = await log.Load(Guarding.Decider, new("guarding", venueId), ct);
        var guard = (state as Guarding.Kept)?.Guards.FirstOrDefault(g => g.Number == said.Number && g.Until is null);
        if (guard is null || !pins.IsRight(guard.GuardId, said.Pin)) return Problems.Of(NotRecognised);
        var origin = new Origin(Guid.CreateVersion7(now), $"guard:{guard.GuardId}");
        if (!guard.HasOwnPin)
        {
            if (string.IsNullOrEmpty(said.NewPin)) return Problems.Of(ChooseFirst);
            if (!GuardPins.IsGood(said.NewPin, said.Pin)) return Problems.Of(Weak);
            pins.Set(guard.GuardId, said.NewPin);
            await log.Execute(Guarding.Decider, venueId, new GuardingCommand.ChoosePin(guard.GuardId), origin, ct);
        }

        ShiftCommand command = said.Leaving ? new ShiftCommand.CheckOut(guard.GuardId, now) : new ShiftCommand.CheckIn(guard.GuardId, said.Handset, now);
        Refusal? no = null;
        foreach (var night in (DateOnly[])[Night.Of(now), Night.Of(now).AddDays(-1), Night.Of(now).AddDays(1)])
        {
            var done = await log.Execute(ShiftSheet.Decider, ShiftSheet.IdOf(venueId, night), command, origin, ct);
            if (done.Refusal is null) return TypedResults.Ok(new GuardChecked(said.Number, now, said.Leaving, done.Position));
            no ??= done.Refusal;
        }

        return Problems.Of(no!);
    }
}

/// <summary>Six digits are soon tried: one number of one venue gets a few tries in ten minutes, wherever they come from.</summary>
sealed class CheckInLimit : IDisposable
{
    public const int RetryAfterSeconds = 600, Tries = 6;

    readonly PartitionedRateLimiter<(Guid, int)> _limiter = PartitionedRateLimiter.Create<(Guid, int), (Guid, int)>(guard =>
        RateLimitPartition.GetSlidingWindowLimiter(guard, _ => new() { PermitLimit = Tries, Window = TimeSpan.FromSeconds(RetryAfterSeconds), SegmentsPerWindow = 10, QueueLimit = 0 }));

    public bool Passes(Guid venueId, int number) => _limiter.AttemptAcquire((venueId, number)).IsAcquired;

    public void Dispose() => _limiter.Dispose();
}
