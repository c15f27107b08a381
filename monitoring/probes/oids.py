"""Object identifiers that the code itself relies on; all others stand in monitoring/profiles/."""

SYS_DESCR = "1.3.6.1.2.1.1.1.0"  # SNMPv2-MIB::sysDescr
SYS_OBJECT_ID = "1.3.6.1.2.1.1.2.0"  # SNMPv2-MIB::sysObjectID
SYS_UPTIME = "1.3.6.1.2.1.1.3.0"  # SNMPv2-MIB::sysUpTime, hundredths of a second
SYS_NAME = "1.3.6.1.2.1.1.5.0"  # SNMPv2-MIB::sysName

IF_DESCR = "1.3.6.1.2.1.2.2.1.2"  # IF-MIB::ifDescr: the one column that every recorded agent fills
IF_TYPE = "1.3.6.1.2.1.2.2.1.3"  # IF-MIB::ifType
IF_SPEED = "1.3.6.1.2.1.2.2.1.5"  # IF-MIB::ifSpeed, bits per second, 4294967295 when it is more
IF_PHYS_ADDRESS = "1.3.6.1.2.1.2.2.1.6"  # IF-MIB::ifPhysAddress
IF_OPER_STATUS = "1.3.6.1.2.1.2.2.1.8"  # IF-MIB::ifOperStatus, 1 up
IF_NAME = "1.3.6.1.2.1.31.1.1.1.1"  # IF-MIB::ifName
IF_HIGH_SPEED = "1.3.6.1.2.1.31.1.1.1.15"  # IF-MIB::ifHighSpeed, megabits per second
IF_ALIAS = "1.3.6.1.2.1.31.1.1.1.18"  # IF-MIB::ifAlias: what the administrator calls it

BRIDGE_FDB_PORT = "1.3.6.1.2.1.17.4.3.1.2"  # BRIDGE-MIB::dot1dTpFdbPort, index: the six octets of the MAC
Q_BRIDGE_FDB_PORT = "1.3.6.1.2.1.17.7.1.2.2.1.2"  # Q-BRIDGE-MIB::dot1qTpFdbPort, index: FDB id, MAC
BRIDGE_PORT_INTERFACE = "1.3.6.1.2.1.17.1.4.1.2"  # BRIDGE-MIB::dot1dBasePortIfIndex
