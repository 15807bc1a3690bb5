using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;
using static Compliance.Domain.Licences.LicenceCommand;

namespace Compliance.Domain.Tests.Licences;

/// <summary>The life of one certificate, from nothing to its end: each stage as the facts that lead there.</summary>
static class Stages
{
    public static readonly Guid Club = new("00000000-0000-0000-0000-00000000000a");
    public static readonly Guid Owner = new("00000000-0000-0000-0000-0000000000b1");
    public static readonly Guid Officer = new("00000000-0000-0000-0000-0000000000b2");
    public static readonly Guid Application = new("00000000-0000-0000-0000-0000000000c1");
    public static readonly Guid OneProposal = new("00000000-0000-0000-0000-0000000000d1");
    public static readonly Guid OneRenewal = new("00000000-0000-0000-0000-0000000000e1");
    public static readonly Guid OneDuty = new("00000000-0000-0000-0000-0000000000e3");
    public static readonly Guid Broken = new("00000000-0000-0000-0000-0000000000f1");

    /// <summary>Monday, noon in Almaty.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 6, 1, 7, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly First = new(2026, 6, 1), Last = new(2027, 5, 31);
    public static readonly DateTimeOffset NearTheEnd = VenueZone.At(Last.AddDays(-40), new(12, 0)), AfterTheEnd = VenueZone.At(Last.AddDays(1), new(12, 0));

    /// <summary>The visit that an order of that Monday plans.</summary>
    public static readonly Guid OneVisit = PlanVisitWhenInspectionIsOrdered.VisitOf(new(Club, new(Officer, "read and weighed"), Monday, Monday));

    public static readonly Paper[] Papers = [new(PaperKind.FireConclusion, "№ 7, 2026-05-20", new string('a', 64))];
    public static readonly Condition Quiet = new(new("00000000-0000-0000-0000-0000000000a1"), "23:00-ден кейін сыртқы есік жабық", "После 23:00 наружная дверь закрыта");
    public const string Why = "read and weighed", Number = "2026-4170382-61";

    public static Licensing By(this LicenceCommand what, Guid? who = null, DateTimeOffset? at = null) => new(Club, what, who ?? Officer, at ?? Monday);
    public static Licensing ByItself(this LicenceCommand what, DateTimeOffset? at = null) => new(Club, what, null, at ?? Monday);

    public static readonly Draft Drafting = new(Application, Papers);
    public static readonly Submit Submitting = new(Application, Papers);
    public static readonly Grant Granting = new(Number, First, Last, [Quiet], Why);
    public static readonly NoteAct Noting = new(OneVisit);
    public static readonly ProposeSuspension Proposing = new(OneProposal, ["KZ.EXIT.002"], [Broken], OneDuty);
    public static readonly Suspend Suspending = new(null, null, Why);

    /// <summary>By name, the commands that lead from the stage before to this one.</summary>
    public static readonly IReadOnlyDictionary<string, Licensing[]> Ways = new Dictionary<string, Licensing[]>
    {
        ["none"] = [],
        ["drafted"] = [Drafting.By(Owner)],
        ["submitted"] = [Submitting.By(Owner)],
        ["returned"] = [Submitting.By(Owner), new Return(Why).By()],
        ["under-inspection"] = [Submitting.By(Owner), new OrderInspection(Why).By()],
        ["inspected"] = [.. Inspected()],
        ["refused"] = [Submitting.By(Owner), new Refuse(Why).By()],
        ["granted"] = [.. Grant()],
        ["proposed"] = [.. Grant(), Proposing.ByItself()],
        ["suspended"] = [.. Grant(), Suspending.By()],
        ["renewing"] = [.. Grant(), new ApplyForRenewal(OneRenewal, Papers).By(Owner, NearTheEnd)],
        ["expired"] = [.. Grant(), new Assess().ByItself(AfterTheEnd)],
        ["expired-renewing"] = [.. Grant(), new ApplyForRenewal(OneRenewal, Papers).By(Owner, NearTheEnd), new Assess().ByItself(AfterTheEnd)],
        ["revoked"] = [.. Grant(), new Revoke(Why).By()],
    };

    public static LicenceEvent[] At(string stage) => Facts(Ways[stage]);

    public static LicenceEvent[] Facts(params Licensing[] way)
    {
        var facts = new List<LicenceEvent>();
        foreach (var step in way)
        {
            var decision = Licence.Decider.Decide(Licence.Decider.Fold(facts), step);
            Assert.Null(decision.Refusal);
            facts.AddRange(decision.Events);
        }

        return [.. facts];
    }

    static Licensing[] Grant() => [.. Inspected(), Granting.By()];

    static Licensing[] Inspected() => [Submitting.By(Owner), new OrderInspection(Why).By(), Noting.ByItself()];
}
