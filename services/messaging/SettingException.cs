namespace NetwerkRegie.Messaging;

/// <summary>A setting is wrong. The message is one Dutch sentence for whoever started the program, which ends with exit code 2.</summary>
public sealed class SettingException(string message) : Exception(message);
