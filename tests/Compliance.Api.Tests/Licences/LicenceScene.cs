using Compliance.Api.Reactions;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Licences;

/// <summary>A venue on its way to a certificate, through the doors.</summary>
sealed class LicenceScene(House house, Scene scene)
{
    public const string Why = "read and weighed";
    public static readonly Condition Quiet = new(new("00000000-0000-0000-0000-0000000000a1"), "Есік жабық", "Дверь закрыта");

    public Guid Application { get; } = Guid.NewGuid();
    public string Path { get; } = $"/venues/{scene.Venue}/licence";
    public DateOnly Today => VenueZone.Day(house.Clock.GetUtcNow());
    public LicenceCommand.Submit Submission => new(Application, [new(PaperKind.FireConclusion, "№ 7, 2026-05-20", null)]);
    public GrantOrder Order => new(Today, Today.AddYears(1).AddDays(-1), [Quiet], Why, WithoutAct: "shown on the spot");

    public Task<CommandAnswer> Submit() => scene.AsOwner.Do("POST", $"{Path}/submitted", Submission);

    public async Task<CommandAnswer> Grant()
    {
        await Submit();
        await Rule("inspection-ordered", new LicenceCommand.OrderInspection(Why));
        return await Rule("granted", Order);
    }

    public Task<CommandAnswer> Rule(string how, object body) => scene.AsAuthority.Do("POST", $"{Path}/{how}", body);

    public Task<LicenceCard> Card(CommandAnswer? after = null) => scene.AsOwner.Get<LicenceCard>(Path, after);

    /// <summary>The metronome's own assessment, asked now.</summary>
    public async Task Tick() => await house.Services.GetServices<Assessment>().Single(a => a.Name == "licences").Assess(TestContext.Current.CancellationToken);
}
