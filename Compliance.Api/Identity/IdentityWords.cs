namespace Compliance.Api.Identity;

/// <summary>Marks the sentences of the sign-in pages: <c>IdentityWords.kk.resx</c> (the reviewed master), <c>.ru</c>, and English.</summary>
internal sealed class IdentityWords;
