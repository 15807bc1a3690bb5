namespace Compliance.Web.Parts.Notices;

/// <summary>Sentences of the inbox.</summary>
public sealed class NoticeWords;
