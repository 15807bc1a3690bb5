using System.Security.Cryptography;
using System.Text;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Subjects;
using Compliance.Domain.Venues;
using VenueSimulator.Cities;

namespace VenueSimulator.Seeding;

/// <summary>Registers the city through the doors of the API, as its people would. Every id is fixed: a second run changes nothing.</summary>
internal sealed class Seed(HttpClient api, City city, Func<CityVenue, int, Uri> feedOf, bool playsFootage = false)
{
    private const string Manager = "manager@demo", Installer = "installer@demo", Authority = "authority@demo", Administrator = "administrator@demo";
    private static readonly (int Venue, int Exit) PassedBy = (1, 2);
    private static readonly DateOnly SinceSpring = new(2026, 3, 1);

    /// <param name="probeSecretFile">Where the demo's probe finds the secret it signs in with.</param>
    /// <param name="stop">Gives up.</param>
    public async Task Run(string probeSecretFile, CancellationToken stop)
    {
        var authority = await DemoPerson.SignIn(api, Authority, stop);
        var (manager, installer) = (await SubjectOf(Manager, stop), await SubjectOf(Installer, stop));
        foreach (var venues in city.Venues.GroupBy(venue => venue.Owner))
        {
            var owner = await DemoPerson.SignIn(api, venues.Key, stop);
            var subject = (await owner.Get<Me>("me", stop)).SubjectId;
            foreach (var venue in venues)
            {
                await authority.Put($"venues/{venue.Id}", new VenueCommand.Register(venue.Id, venue.Details, venue.Capacity, venue.Hours), stop);
                await Appoint(venue, Post.Owner, subject, [], authority, stop);
                await Appoint(venue, Post.Manager, manager, [], authority, stop);
                await RegisterDevices(venue, authority, stop);
                await Appoint(venue, Post.Installer, installer, [.. venue.Cameras.Select((_, camera) => venue.CameraId(camera))], authority, stop);
                await Open(venue, owner, stop);
                await DrawPlan(venue, owner, stop);
                await ApproveViews(venue, authority, stop);
            }
        }

        await AllowDetector(authority, TimeProvider.System.GetUtcNow(), stop);
        await EnrolProbe(probeSecretFile, stop);
    }

    /// <summary>The authority allows a detector of fights on one dance floor, for half a year from the first of this month; asked again in that month it changes nothing.</summary>
    private async Task AllowDetector(DemoPerson authority, DateTimeOffset now, CancellationToken stop)
    {
        var (venue, camera) = (city[City.Watched.Venue], City.Watched.Camera);
        var today = VenueZone.Day(now);
        var month = new DateOnly(today.Year, today.Month, 1);
        var id = EventIds.From(venue.Id, $"detector/{month:yyyy-MM}");
        const string paper = "Төбелес детекторының әсерін бағалау / Оценка воздействия детектора драк";
        await authority.Put($"venues/{venue.Id}/detector-bases/{id}", new DetectorBasisCommand.Grant(
            id, venue.Id, Detector.Fight, "«Жасанды интеллект туралы» Заң, 17-бап / Закон «Об искусственном интеллекте», ст. 17",
            "Би алаңындағы төбелесті ертерек байқау; шешімді оператор қабылдайды / Раннее обнаружение драки на танцполе; решает оператор",
            [venue.CameraId(camera)], HoursOfDay.All, VenueZone.Midnight(month), VenueZone.Midnight(month.AddMonths(6)),
            new(paper, "1.0", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(paper)))), $"AI-DEMO-{month:yyyyMM}", RiskDegree.High), stop);
    }

    /// <summary>The staff of a venue say that an exit is blocked, or that it is clear again.</summary>
    public async Task ReportExit(CityVenue venue, int exit, bool blocked, string remark, DateTimeOffset now, CancellationToken stop)
    {
        var owner = await DemoPerson.SignIn(api, venue.Owner, stop);
        var (verdict, outage) = (blocked ? Verdict.Blocked : Verdict.Clear, Guid.CreateVersion7(now));
        await owner.Post($"devices/{venue.ExitId(exit)}/verdicts",
            new DeviceCommand.ReportVerdict(verdict, now, now, outage, remark, null), about: outage, stop);
    }

    /// <summary>
    /// The manager goes round before the doors open, every evening anew. One exit is passed by, so that what nobody looked at is
    /// on the screens too. A history is not made up: the log says when it was told.
    /// </summary>
    public async Task CheckBeforeOpening(DateTimeOffset now, CancellationToken stop)
    {
        var manager = await DemoPerson.SignIn(api, Manager, stop);
        foreach (var venue in city.Venues)
        {
            await Say(venue.PanelId, Verdict.Ready);
            for (var exit = 0; exit < venue.Exits.Count; exit++)
            {
                if ((venue.Number, exit) != PassedBy)
                {
                    await Say(venue.ExitId(exit), Verdict.Clear);
                }
            }
        }

        Task Say(Guid device, Verdict verdict) => manager.Post($"devices/{device}/verdicts",
            new DeviceCommand.ReportVerdict(verdict, now, now, Guid.Empty, "", null), about: Guid.CreateVersion7(now), stop);
    }

    /// <summary>Once; what somebody drew since stays.</summary>
    private static async Task DrawPlan(CityVenue venue, DemoPerson owner, CancellationToken stop)
    {
        if ((await owner.Get<PlanCard>($"venues/{venue.Id}/plan", stop)).Floors.Count == 0) await owner.Put($"venues/{venue.Id}/plan", DemoPlan.Of(venue), stop);
    }

    private async Task RegisterDevices(CityVenue venue, DemoPerson authority, CancellationToken stop)
    {
        foreach (var (camera, about) in venue.Cameras.Index())
        {
            await Register(venue, venue.CameraId(camera), about.Spec(feedOf(venue, camera)), authority, stop);
        }

        await Register(venue, venue.PanelId, venue.Panel, authority, stop);
        foreach (var (exit, spec) in venue.Exits.Index())
        {
            await Register(venue, venue.ExitId(exit), spec, authority, stop);
        }
    }

    private static Task Register(CityVenue venue, Guid device, DeviceSpec spec, DemoPerson authority, CancellationToken stop) =>
        authority.Put($"devices/{device}", new DeviceCommand.Register(device, venue.Id, spec), stop);

    private async Task<Guid> SubjectOf(string account, CancellationToken stop) =>
        (await (await DemoPerson.SignIn(api, account, stop)).Get<Me>("me", stop)).SubjectId;

    private static Task Appoint(CityVenue venue, Post post, Guid subject, IReadOnlyList<Guid> devices, DemoPerson authority, CancellationToken stop) =>
        authority.Post($"venues/{venue.Id}/people", new VenueCommand.AppointPerson(new(subject, post, SinceSpring, null, devices)), about: subject, stop);

    /// <summary>What only the owner can do: consent, and hand over the cameras' password.</summary>
    private static async Task Open(CityVenue venue, DemoPerson owner, CancellationToken stop)
    {
        var consent = new LegalBasis(venue.BasisId, LegalBasisKind.Consent, $"№ {venue.Number}/2026",
            "Бейнеағынды полицияға көрсетуге келісім / Согласие на показ видеопотока полиции", SinceSpring, null);
        await owner.Post($"venues/{venue.Id}/legal-bases", new VenueCommand.GrantLegalBasis(consent), about: venue.BasisId, stop);
        for (var camera = 0; camera < venue.Cameras.Count; camera++)
        {
            await owner.Put($"devices/{venue.CameraId(camera)}/feed-credentials", new FeedCredentials(venue.Login.User, venue.Login.Password), stop);
        }
    }

    /// <summary>The id of a camera's first view is the camera's own: approved on every run, it counts once.</summary>
    private async Task ApproveViews(CityVenue venue, DemoPerson authority, CancellationToken stop)
    {
        for (var camera = 0; camera < venue.Cameras.Count; camera++)
        {
            if (playsFootage && (venue.Slug, camera) == City.Watched) continue; // one clip follows another there: it has no view to keep
            await authority.Put($"devices/{venue.CameraId(camera)}/approved-view", new DeviceCommand.ApproveView(venue.CameraId(camera)), stop);
        }
    }

    private async Task EnrolProbe(string secretFile, CancellationToken stop)
    {
        var administrator = await DemoPerson.SignIn(api, Administrator, stop);
        var enrolled = await administrator.Ask<ProbeCommand.Enrol, ProbeSecret>(
            HttpMethod.Put, $"probes/{City.ProbeId}", new(City.ProbeId, "Almaty 1"), stop);
        if (enrolled.ClientSecret is { } first)
        {
            Keep(first);
        }
        else if (!File.Exists(secretFile))
        {
            var rotated = await administrator.Ask<object, ProbeSecret>(HttpMethod.Post, $"probes/{City.ProbeId}/key", new { }, stop);
            Keep(rotated.ClientSecret!);
        }

        foreach (var venue in city.Venues)
        {
            await administrator.Post($"probes/{City.ProbeId}/assigned", new ProbeCommand.Assign(venue.Id), about: venue.Id, stop);
        }

        void Keep(string secret)
        {
            var mine = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                mine.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new StreamWriter(secretFile, mine);
            file.Write(secret);
        }
    }
}
