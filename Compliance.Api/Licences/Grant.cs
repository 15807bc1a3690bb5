using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;

namespace Compliance.Api.Licences;

/// <summary>
/// Grants the certificate under a number that is nobody else's. The number follows from the application, so a grant that broke
/// off half-way takes the same one again; a number taken by another application is passed over for the next.
/// </summary>
static class Grant
{
    const int Attempts = 20;

    public static async Task<Answer> Handle(Guid venueId, GrantOrder body, Knock knock, IViewStore views, TimeProvider clock)
    {
        if (await Change.IsClosed(venueId, knock)) return Change.Closed;
        var broken = (await views.All(DutyRow.View, [venueId], knock.Ct)).Where(duty => duty is { IsOpen: true, Matter.HardStop: true })
            .Select(duty => duty.Matter.RuleId ?? duty.Source.GetType().Name).Distinct().Order(StringComparer.Ordinal).ToArray();
        var command = new LicenceCommand.Grant("", body.From, body.Until, body.Conditions, body.Grounds, body.WithoutAct, broken, body.Despite);
        var (state, _, _) = await knock.Log.Load(Licence.Decider, new("licence", venueId), knock.Ct);
        // Nothing is taken for a grant that will not be.
        if (state is not Licence.UnderInspection { ApplicationId: var application } || Licence.Decider.Decide(state, command.As(venueId, knock, clock)).Refusal is not null)
            return await knock.Send(Licence.Decider, venueId, Held(command, state).As(venueId, knock, clock));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var number = CertificateNumber.Of(application, VenueZone.Day(clock.GetUtcNow()).Year, attempt);
            var taken = await knock.Log.Execute(Certificate.Decider, Certificate.IdOf(number), new CertificateCommand.Take(number, application, venueId), knock.Origin, knock.Ct);
            if (taken.Refusal is null) return await knock.Send(Licence.Decider, venueId, (command with { Number = number }).As(venueId, knock, clock));
        }

        throw new InvalidOperationException($"No free certificate number in {Attempts} attempts for application {application}");
    }

    /// <summary>A grant that is there already is asked for under its own number.</summary>
    static LicenceCommand.Grant Held(LicenceCommand.Grant command, Licence state) =>
        state is Licence.Granted { Permit: { } permit } && (permit.From, permit.Until) == (command.From, command.Until) ? command with { Number = permit.Number } : command;
}
