using Compliance.Domain.Contacts;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Watch.Contacts;

/// <summary>The contacts this probe reads, and by what. Whoever reads some of them takes them from here.</summary>
internal sealed class AssignedContacts
{
    volatile IReadOnlyList<AssignedContact> _contacts = [];

    public IReadOnlyList<AssignedContact> All => _contacts;

    public IEnumerable<AssignedContact> Of(ContactSource source) => _contacts.Where(contact => contact.Source == source);

    public void Follow(IReadOnlyList<AssignedContact> assigned) => _contacts = assigned;
}
