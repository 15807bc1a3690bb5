namespace Compliance.Web.Parts.KnownClips;

/// <summary>The words about clips whose content is known.</summary>
public sealed class KnownClipWords;
