"""The live training session: JSON messages in, MessagePack messages out, over one WebSocket."""
