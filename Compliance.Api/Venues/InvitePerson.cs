using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Subjects;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Identity;

namespace Compliance.Api.Venues;

/// <summary>
/// Appoints a person by contact. Whoever has no account yet gets one, and the caller a link to hand over, under which the
/// person chooses a password: answered once, and only to the knock that made the account. Whoever never does is forgotten
/// (<see cref="ForgetWhoNeverCame"/>). Whoever has an account from elsewhere is appointed by the authority alone: anybody may
/// have made it under a contact that is not his.
/// </summary>
static class InvitePerson
{
    static readonly Refusal KnownElsewhere = new(
        "person.known-elsewhere", "Somebody has an account under this contact already, and has answered for none of your venues. Ask the licensing authority to appoint them.");

    public static async Task<IResult> Handle(
        Guid venueId, PersonInvitation body, Caller caller, Knock knock, Invitations invitations, UserManager<Account> accounts, Persons persons,
        OwnVenues ownVenues, IViewStore views)
    {
        if (string.IsNullOrWhiteSpace(body.Name)) return Problems.Of(new Refusal("person.name-missing", "A person has a name.", "name"));
        var role = AppointPerson.RoleOf(body.Post);
        var (account, isNew) = await invitations.ByContact(body.Contact, role, EventIds.From(knock.CommandId, "account"));
        if (account is null) return Problems.Of(new Refusal("person.contact-malformed", "A contact is a telephone number or an e-mail address.", "contact"));
        if (!isNew && account.Id != caller.Id && !await IsKnownTo(caller, account)) return Problems.Of(KnownElsewhere);
        if (!await accounts.IsInRoleAsync(account, role)) return Problems.Of(AppointPerson.Unfit);

        var appointed = await knock.Send(Venue.Decider, venueId, new VenueCommand.AppointPerson(new(account.Id, body.Post, body.From, body.Until, body.Devices)));
        if (!appointed.IsDone)
        {
            if (isNew) await invitations.Undo(account);
            return appointed;
        }

        if (isNew) await persons.Enrol(new(account.Id, body.Name.Trim(), body.Contact.Trim()), knock.Origin, knock.Ct);
        var link = isNew ? await invitations.LinkFor(account) : null;
        return TypedResults.Ok(new InvitedPerson(
            account.Id, link, link is null ? null : QrCode.Of(link), appointed.Executed!.Revision, appointed.Executed.Position));

        async Task<bool> IsKnownTo(Caller caller, Account account) =>
            await ownVenues.Of(caller, knock.Ct) is not { } own
            || (await views.Find(PersonPosts.View, account.Id, knock.Ct))?.Venues.Keys.Any(own.Contains) == true;
    }
}
