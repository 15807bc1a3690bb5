using Compliance.Domain.Kernel;

namespace Compliance.Domain.Contacts;

/// <summary>The contact of one exit as its page shows it.</summary>
/// <param name="Revision">Of the contact's stream: the ETag a change must name.</param>
public sealed record ContactCard(Guid DeviceId, Guid VenueId, Contact.Live State, long Revision)
{
    public static readonly View<ContactCard> View = new(
        "contact-card", 2, fact => (fact as ContactEvent)?.DeviceId, Apply, card => card.VenueId, card => $"{card.VenueId:N}{card.DeviceId:N}");

    static ContactCard? Apply(ContactCard? card, object fact, Recorded recorded) =>
        Contact.Evolve(card?.State ?? Contact.Decider.Initial, (ContactEvent)fact) is Contact.Live live
            ? new(live.Card.DeviceId, live.Card.VenueId, live, recorded.Revision) : card;
}
