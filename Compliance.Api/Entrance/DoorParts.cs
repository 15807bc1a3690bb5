using Compliance.Api.Access;
using Compliance.Api.Changes;
using Compliance.Api.Devices;
using Compliance.Api.Feeds;
using Compliance.Api.Inspections;
using Compliance.Api.Licences;
using Compliance.Api.Probes;
using Compliance.Api.Reactions;
using Compliance.Api.Register;
using Compliance.Api.Rulebooks;
using Compliance.Api.Subjects;
using Compliance.Api.Venues;
using Compliance.Api.Views;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Authorization;

namespace Compliance.Api.Entrance;

/// <summary>What stands behind the doors: permission, limits, JSON, and the little that is kept in memory.</summary>
static class DoorParts
{
    /// <summary>Enough for a batch of observations or a still picture.</summary>
    const long LongestBody = 1 << 20;

    public static WebApplicationBuilder AddDoors(this WebApplicationBuilder builder)
    {
        var (services, settings) = (builder.Services, builder.Configuration);
        builder.WebHost.ConfigureKestrel(o => (o.Limits.MaxRequestBodySize, o.AddServerHeader) = (LongestBody, false));
        services.ConfigureHttpJsonOptions(o => DoorJson.Set(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddProblemDetails(o => o.CustomizeProblemDetails = Problems.Complete);
        services.AddOpenApi(o => o.AddDocumentTransformer(OpenApi.Describe).AddOperationTransformer(OpenApi.Describe));
        services.AddAuthorization();
        services.AddSingleton<Beginnings>().AddSingleton<Bearers>().AddSingleton<Posts>().AddSingleton<OwnVenues>()
            .AddSingleton<IAuthorizationHandler, PassHandler>().AddSingleton<IAuthorizationMiddlewareResultHandler, PassAnswer>();
        services.AddSingleton<Telemetry>().AddSingleton<MinuteStore>().AddSingleton<StatementStore>().AddSingleton<Addresses>().AddSingleton<FeedTests>().AddSingleton<NetworkSearches>().AddSingleton<Presence>().AddSingleton<VenueProbes>().AddSingleton<Leases>().AddSingleton<EnrolmentCodes>().AddSingleton<ConfigurationSigner>().AddSingleton<Watchfulness>()
            .AddSingleton<LicenceCalendar>().AddSingleton<PublicRegister>().AddSingleton<Vouching>()
            .AddSingleton(provider => new Assessment("licences", provider.GetRequiredService<LicenceCalendar>().Tick))
            .AddSingleton<NewVenues>().AddSingleton<PlanPictures>().AddSingleton<VenueStreams>().AddSingleton<Visits>().AddSingleton<PhotoStore>().AddSingleton<StillStore>()
            .AddSingleton<Library>().AddSingleton<Reevaluation>().AddSingleton<WhatIfRuns>()
            .AddSingleton<Rolls>().AddSingleton<RollOf>(provider => provider.GetRequiredService<Rolls>().Of)
            .AddSingleton(provider => new Assessment("probes", provider.GetRequiredService<Watchfulness>().Tick))
            .AddSingleton<Panels.Ears>().AddSingleton<Panels.PanelReports>().AddSingleton<Panels.Supervision>().AddSingleton(provider => new Assessment("panels", provider.GetRequiredService<Panels.Supervision>().Tick))
            .AddSingleton<Maintenance.Excuses>().AddSingleton<Outages.SecondLooks>().AddSingleton(settings.Section("Outages", new Outages.OutageRules()))
            .AddSingleton<Outages.OutageGroups>().AddSingleton(settings.Section("Correlation", new Domain.Outages.CorrelationRules()))
            .AddSingleton(provider => new Assessment("what fails together", provider.GetRequiredService<Outages.OutageGroups>().Tick))
            .AddSingleton(provider => new Assessment("second looks", provider.GetRequiredService<Outages.SecondLooks>().Tick))
            .AddSingleton<Guards.GuardPins>().AddSingleton<Guards.GuardPapers>().AddSingleton<Guards.PostTelephones>().AddSingleton<Guards.VenueCode>().AddSingleton<Guards.CheckInLimit>().AddSingleton<Guards.CheckIn>()
            .AddSingleton<Guards.OnDuty>().AddSingleton<Guards.Notebook>().AddSingleton<Guards.GuardWatch>()
            .AddSingleton(provider => new Assessment("guards", provider.GetRequiredService<Guards.GuardWatch>().Tick))
            .AddSingleton<Alerts.ClipStore>().AddSingleton<Alerts.Queue>().AddSingleton<Alerts.Cap>().AddSingleton<Alerts.Switchboard>().AddHostedService<Alerts.SwitchboardBell>().AddSingleton(settings.Section("Alerts", new Domain.Alerts.AlertRules()))
            .AddSingleton(settings.Section("Footage", new Footage.FootageRules())).AddSingleton<Footage.FootageStore>().AddSingleton<Footage.FetchProgress>().AddSingleton<Footage.Watermark>().AddSingleton<Footage.MarkedCopies>().AddHostedService<Footage.CopyPress>().AddSingleton<Footage.HandOver>().AddSingleton<Footage.FootageWatch>()
            .AddSingleton(provider => new Assessment("footage", provider.GetRequiredService<Footage.FootageWatch>().Tick))
            .AddSingleton<Alerts.OpenFeeds>().AddSingleton(settings.Section("Webhooks", new Webhooks.WebhookRules())).AddSingleton<Webhooks.Outbox>().AddSingleton<Webhooks.WebhookKey>()
            .AddSingleton(provider => Webhooks.OutsideOnly.Line(provider.GetRequiredService<Webhooks.WebhookRules>()))
            .AddSingleton(settings.Section("Push", new Push.PushRules())).AddSingleton<Push.PushSigner>().AddSingleton<Push.PushDevices>().AddSingleton<Push.PushLine>().AddHostedService<Push.Pusher>()
            .AddSingleton<Webhooks.Courier>().AddHostedService(provider => provider.GetRequiredService<Webhooks.Courier>()).AddHostedService<Webhooks.Messenger>()
            .AddSingleton(provider => new Assessment("webhooks", _ => provider.GetRequiredService<Webhooks.Courier>().Tick()))
            .AddSingleton(provider => new Assessment("desks of alerts", provider.GetRequiredService<Alerts.Switchboard>().Tick))
            .AddSingleton<Alerts.DeskPresence>().AddSingleton(provider => new Assessment("who listens at desks", provider.GetRequiredService<Alerts.DeskPresence>().Tick))
            .AddSingleton(provider => new Assessment("clips of alerts", provider.GetRequiredService<Alerts.ClipStore>().EraseOld))
            .AddSingleton<Complaints.Letters>().AddSingleton<Complaints.OldLetters>().AddSingleton<Complaints.Receive>().AddSingleton<Complaints.ComplaintLimit>()
            .AddSingleton(settings.Section("Complaints", new Complaints.ComplaintRules()))
            .AddSingleton(provider => new Assessment("excuses", provider.GetRequiredService<Maintenance.Excuses>().Tick))
            .AddSingleton<Duties.Contradictions>().AddSingleton<Duties.Deadlines>().AddSingleton(provider => new Assessment("deadlines of duties", provider.GetRequiredService<Duties.Deadlines>().Tick))
            .AddSingleton<Duties.Waits>().AddSingleton(provider => new Assessment("what waits for officials", provider.GetRequiredService<Duties.Waits>().Tick))
            .AddSingleton<Cases.ExcusedCases>().AddSingleton(provider => new Assessment("excused cases", provider.GetRequiredService<Cases.ExcusedCases>().Tick))
            .AddSingleton<Cases.CaseWatch>().AddSingleton(provider => new Assessment("cases", provider.GetRequiredService<Cases.CaseWatch>().Tick))
            .AddSingleton<PublishedLooks>().AddSingleton<AccessWatch>().AddSingleton(provider => new Assessment("access sessions", provider.GetRequiredService<AccessWatch>().Tick))
            .AddSingleton<Live.LiveTickets>().AddSingleton<Live.LiveWishes>().AddSingleton<Live.LiveRelay>().AddSingleton<Live.Watch>()
            .AddSingleton<Live.LiveSessions>().AddHostedService(provider => provider.GetRequiredService<Live.LiveSessions>())
            .AddSingleton(provider => new Assessment("new venues", provider.GetRequiredService<NewVenues>().Tick))
            .AddSingleton<ForgetWhoNeverCame>().AddSingleton(provider => new Assessment("invitations", provider.GetRequiredService<ForgetWhoNeverCame>().Tick))
            .AddSingleton<Detectors.Expiries>().AddSingleton(provider => new Assessment("bases of detectors", provider.GetRequiredService<Detectors.Expiries>().Tick))
            .AddSingleton(settings.Section("Drills", new Domain.Drills.DrillRules())).AddSingleton<Drills.DrillClips>().AddSingleton<Drills.DrillDesk>().AddSingleton<Drills.LookedAt>()
            .AddSingleton<Drills.DrillBell>().AddHostedService(provider => provider.GetRequiredService<Drills.DrillBell>()).AddHostedService<Drills.DrillWatch>()
            .AddSingleton(provider => new Assessment("drills", provider.GetRequiredService<Drills.DrillDesk>().Tick))
            .AddSingleton<Models.ModelStore>().AddSingleton<KnownClips.KnownClipStore>().AddSingleton<KnownClips.ClipCheck>()
            .AddSingleton(settings.Section("Faces", new WatchLists.FaceSettings())).AddSingleton<WatchLists.Enroller>().AddSingleton<WatchLists.WatchVault>().AddSingleton<WatchLists.Lists>()
            .AddSingleton<WatchLists.CandidatePictures>().AddSingleton<WatchLists.WatchListClock>().AddSingleton(provider => new Assessment("watch lists", provider.GetRequiredService<WatchLists.WatchListClock>().Tick))
            .AddSingleton(provider => new Assessment("rules", provider.GetRequiredService<Reevaluation>().Tick));
        Notices.Endings.AddTo(services);
        services.AddSingleton(settings.Section("Standard", new Standard())).AddSingleton(settings.Section("Feeds", new FeedRules()))
            .AddSingleton(settings.Section("Probes", new ProbeRules())).AddSingleton(settings.Section("Measurements", new MeasurementRules()));
        var limits = settings.Section("RateLimits", new RateLimits());
        services.AddSingleton(limits).AddSingleton<Listeners>().AddSingleton<Alerts.PanicLimit>();
        services.AddRateLimiter(o => (o.GlobalLimiter, o.OnRejected) = (limits.Limiter(), (refused, _) => RateLimits.Refuse(refused.HttpContext, refused.Lease)));
        return builder;
    }

    /// <summary>A section as its record; what is not set is as the record says.</summary>
    static T Section<T>(this ConfigurationManager settings, string name, T usual) => settings.GetSection(name).Get<T>() ?? usual;
}
