namespace Compliance.Web.Desks.Owner;

/// <summary>Sentences of the registration of a venue, the consent among them.</summary>
public sealed class RegistrationWords;
