namespace Compliance.Web.Parts.Webhooks;

/// <summary>The words about receivers of webhooks.</summary>
public sealed class WebhookWords;
