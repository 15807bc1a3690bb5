using System.Globalization;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Venues;
using VenueSimulator.Cities;
using VenueSimulator.Seeding;

namespace VenueSimulator.Stories;

/// <summary>
/// The past as the demo's API lives through it: its clock stands in a file, and everybody knocks at its doors at the instant written there.
/// </summary>
internal sealed class Past(HttpClient api, string clockFile, string probeSecretFile, DateTimeOffset tonight)
{
    /// <summary>Policies and assessments answer within moments; a machine under load may take its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Dictionary<string, DemoPerson> signedIn = [];

    public DateTimeOffset Now { get; private set; }

    /// <summary>The first instant it told of.</summary>
    public DateTimeOffset Began { get; private set; }

    /// <summary>That many days before tonight, by the clocks of Almaty. Time goes forward only, and whoever was signed in signs in anew.</summary>
    public void GoTo(int daysAgo, int hour, int minute = 0) => GoTo(VenueZone.At(VenueZone.Day(tonight).AddDays(-daysAgo), new(hour, minute)));

    public void GoTo(DateTimeOffset instant)
    {
        if (instant < Now)
        {
            throw new InvalidOperationException($"A story goes forward: {instant:O} lies before {Now:O}.");
        }

        (Now, Began) = (instant, Began == default ? instant : Began);
        signedIn.Clear();
        File.WriteAllText($"{clockFile}.new", instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        File.Move($"{clockFile}.new", clockFile, overwrite: true);
    }

    public void Pass(TimeSpan time) => GoTo(Now + time);

    public async Task<DemoPerson> As(string account, CancellationToken stop) =>
        signedIn.TryGetValue(account, out var known) ? known : signedIn[account] = await DemoPerson.SignIn(api, account, stop);

    public async Task<DemoPerson> AsProbe(CancellationToken stop) => signedIn.TryGetValue("", out var known) ? known
        : signedIn[""] = await DemoPerson.SignInProbe(api, $"probe-{City.ProbeId:N}", await File.ReadAllTextAsync(probeSecretFile, stop), stop);

    /// <summary>Asks until the house has brought it about; null is not yet.</summary>
    public static async Task<T> Eventually<T>(string what, Func<Task<T?>> ask, CancellationToken stop) where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (true)
            {
                if (await ask() is { } found)
                {
                    return found;
                }

                await again.WaitForNextTickAsync(patience.Token);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{what} did not come about in {Patience.TotalMinutes} minutes.");
        }
    }

    /// <summary>Waits until its owner has been told of it: whoever moves the clock sooner has the notice issued late.</summary>
    public async Task Heard(CityVenue venue, NoticeKind kind, CancellationToken stop) =>
        await Row<NoticeRow>(await As(venue.Owner, stop), "notices?limit=200", row => row.VenueId == venue.Id && row.Kind == kind && row.IssuedAt == Now, stop);

    /// <summary>The first row of a list that is the one; waits for it.</summary>
    public static Task<T> Row<T>(DemoPerson who, string list, Func<T, bool> isIt, CancellationToken stop) where T : class =>
        Eventually($"The row of {list}", async () => (await who.Get<Page<T>>(list, stop)).Items.FirstOrDefault(isIt), stop);
}
