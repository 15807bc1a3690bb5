namespace Compliance.Api.EventLog;

/// <summary>The log cannot do what was asked. The message says what happened, why, and what to do next; nothing was acknowledged.</summary>
public sealed class EventLogException(string message, Exception? inner = null) : Exception(message, inner);
