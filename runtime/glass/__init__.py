"""Breaking the glass: seeing, in an emergency, what one's clearance or purpose does not allow; of one person, for a short time.

The reason lies sealed with the person it is about. Who keeps watch is told within a minute, and judges each break afterwards. Whether
somebody may break it, and that they proved who they are, is asked above (`runtime.workspace.glass_views`).
"""
